// Korean: what the engine says, by the codes of src/core/message_codes.hpp. Terms: see first.js.
import { plain, whole } from '../intl.js';
import { dataTitle } from '../data-title.js';

/** What the engine calls its files. @type {Record<string, string>} */
const FILES = {
  trainImages: '학습 이미지',
  trainLabels: '학습 레이블',
  testImages: '테스트 이미지',
  testLabels: '테스트 레이블',
};
/** @param {string} name of a file, or what the engine calls it */
const fileOf = (name) => FILES[name] ?? name;

/** Names come from files: the two ends of a long line are kept. @param {string} line */
const ends = (line) => (line.length > 240 ? `${line.slice(0, 120)} … ${line.slice(-120)}` : line);

/** Of a setting: numbers as they are. @param {string | number} value */
const given = (value) => (typeof value === 'number' ? plain(value) : value);

/** A float has six digits to show: 0.1, not 0.10000000149. @param {number} value */
const short = (value) => plain(Number(Number(value).toPrecision(6)));

/** @type {typeof import('../en/engine-says.js').default} */
const says = {
  words: ({ text }) => `${given(text)}`,

  // IDX files
  idxEmpty: ({ file }) => `${fileOf(file)}: 파일이 비어 있습니다. 다시 내려받으세요`,
  idxGzip: ({ file }) => `${fileOf(file)}: 파일이 아직 gzip으로 압축되어 있습니다. 먼저 압축을 푸세요`,
  idxShort: ({ file, bytes }) =>
    `${fileOf(file)}: 파일이 IDX 헤더 안에서 끝납니다(${whole(bytes)}바이트). 다시 내려받으세요`,
  idxUnlike: ({ file }) =>
    `${fileOf(file)}: IDX 파일이 아닙니다(0바이트 두 개로 시작하지 않습니다). MNIST와 같은 IDX 파일을 쓰세요`,
  idxTypeUnknown: ({ file, type }) =>
    `${fileOf(file)}: IDX 파일이 아닙니다(알 수 없는 원소 형식 ${plain(type)}). MNIST와 같은 IDX 파일을 쓰세요`,
  idxType: ({ file, type }) =>
    `${fileOf(file)}: 원소 형식이 다릅니다(${type}). 엔진은 부호 없는 바이트만 읽으므로 파일을 변환하세요`,
  idxSignedByte: '부호 있는 바이트',
  idxShortInteger: '16비트 정수',
  idxInteger: '32비트 정수',
  idxFloat: '단정밀도 실수(float)',
  idxDouble: '배정밀도 실수(double)',
  idxRank: ({ file, rank }) =>
    `${fileOf(file)}: 이 IDX 파일은 ${whole(rank)}차원입니다. 이미지 파일은 3차원, 레이블 파일은 1차원입니다`,
  idxHeaderShort: ({ file, bytes, header }) =>
    `${fileOf(file)}: 파일이 IDX 헤더 안에서 끝납니다(${whole(header)}바이트 중 ${whole(bytes)}바이트). 다시 내려받으세요`,
  idxTruncated: ({ file, dimensions, bytes }) =>
    `${fileOf(file)}: 파일이 불완전합니다. 헤더에 적힌 원소 개수는 ${dimensions}인데 뒤에 ${whole(bytes)}바이트만 있습니다. 다시 내려받으세요`,
  idxExcess: ({ file, bytes, dimensions }) =>
    `${fileOf(file)}: 헤더에 적힌 원소(${dimensions}) 뒤에 ${whole(bytes)}바이트가 더 있습니다. 파일을 다시 내려받으세요`,
  idxLabelsGiven: ({ file, dimensions }) =>
    `${fileOf(file)}: 레이블이 들어 있습니다(차원 ${dimensions}). 이미지 파일, 즉 N x 28 x 28 IDX 파일을 고르세요`,
  idxNoImages: ({ file, dimensions }) =>
    `${fileOf(file)}: 이미지 목록이 아닙니다(차원 ${dimensions}). 이미지 파일, 즉 N x 28 x 28 IDX 파일을 고르세요`,
  idxImageSize: ({ file, height, width }) =>
    `${fileOf(file)}: 이미지의 크기는 ${whole(height)}x${whole(width)}입니다. 28x28이어야 하므로 크기를 바꾸세요`,
  idxNone: ({ file }) => `${fileOf(file)}: 이미지가 없습니다. 이미지가 한 장 이상 있는 파일을 쓰세요`,
  idxImagesGiven: ({ file, dimensions }) =>
    `${fileOf(file)}: 이미지가 들어 있습니다(차원 ${dimensions}). 레이블 파일, 즉 1차원 IDX 파일을 고르세요`,
  idxNoLabels: ({ file, dimensions }) =>
    `${fileOf(file)}: 레이블 목록이 아닙니다(차원 ${dimensions}). 레이블 파일, 즉 1차원 IDX 파일을 고르세요`,
  idxLabel: ({ file, label, position, classes, most }) =>
    `${fileOf(file)}: 위치 ${plain(position)}의 레이블이 ${plain(label)}입니다. 신경망은 클래스 ${whole(classes)}개만 알므로 레이블은 0부터 ${plain(most)}까지여야 합니다`,
  idxPair: ({ file, labels, images, imagesFile }) =>
    `${fileOf(file)}: 레이블은 ${whole(labels)}개인데 이미지 파일(${fileOf(imagesFile)})에는 ${whole(images)}장이 있습니다. 짝이 맞는 파일을 고르세요`,
  idxFew: ({ file, images }) =>
    `${fileOf(file)}: 이미지 ${whole(images)}장은 7분의 1을 테스트용으로 떼어 두기에 너무 적습니다. 7장 이상을 쓰거나 테스트 파일을 추가하세요`,
  idxMissing: ({ file, other }) =>
    `${fileOf(file)}: 이 파일이 없는데 다른 파일(${fileOf(other)})은 있습니다. 테스트 파일은 둘 다 고르거나 둘 다 빼세요`,

  // data
  noData: '불러온 데이터가 없습니다. 먼저 데이터를 불러오세요',
  labelCount: ({ set, labels, images }) =>
    `${set} 세트: 레이블은 ${whole(labels)}개, 이미지는 ${whole(images)}장입니다. 이미지마다 레이블이 하나씩 필요합니다`,
  labelClass: ({ position, set, label }) =>
    `${set} 세트의 ${plain(position)}번 레이블이 ${plain(label)}입니다. 레이블은 0..9여야 합니다`,
  trainFew: ({ images }) =>
    `학습 세트의 이미지 ${whole(images)}장은 사전 과제와 레이블이 있는 부분으로 나누기에 너무 적습니다. 11장 이상을 쓰세요`,
  testEmpty: '테스트 세트에 이미지가 없습니다. 한 장 이상을 쓰세요',
  trainCount: ({ least, most }) => `trainCount: ${plain(least)}..${plain(most)} 범위의 정수여야 합니다`,
  testCount: ({ most }) => `testCount: 1..${plain(most)} 범위의 정수여야 합니다`,
  replaceSizes: '이미지를 한 장 이상 주고, 이미지마다 픽셀 784개와 레이블 하나를 주세요',
  replacePlace: ({ first, last, images }) =>
    `이미지 ${plain(first)}..${plain(last)}번은 학습 세트(${whole(images)}장) 안에 있어야 합니다`,
  setUnknown: '세트는 “train” 또는 “test”여야 합니다',
  indexRange: ({ last }) => `번호는 0..${plain(last)} 범위여야 합니다`,
  turnsRange: 'quarterTurns는 0..3이어야 합니다',
  taskUnknown: ({ task, known }) => `“${task}” 사전 과제는 없습니다. 사용할 수 있는 과제: ${known}`,
  variantRange: ({ last }) => `variant: 0..${whole(last)} 범위여야 합니다`,
  imagesRange: ({ most }) => `count: 1..${plain(most)} 범위이고 세트를 벗어나지 않아야 합니다`,
  drawingSide: ({ most }) => `그림의 너비와 높이는 1..${plain(most)} 범위여야 합니다`,
  drawingBytes: '그림은 너비 * 높이 개의 밝기 값을 담은 Uint8Array여야 하며 최대 1,600만 개입니다',
  drawingSize: ({ size, most }) =>
    `그림: 크기 ${size} 값이 범위를 벗어났습니다. 너비와 높이는 1부터 ${plain(most)}까지여야 합니다`,
  drawingPixels: ({ pixels, size }) =>
    `그림: 크기는 ${size}인데 픽셀은 ${whole(pixels)}개입니다. 너비 x 높이 개를 주세요`,

  // settings
  settingRange: ({ setting, value, range }) => `${setting}: ${given(value)} 값은 쓸 수 없습니다. 가능한 값: ${range}`,
  rangeCount: ({ least, most }) => `${plain(least)}..${plain(most)} 범위의 정수`,
  rangeAbove: ({ least }) => `${plain(least)}보다 큰 수`,
  rangeBelow: ({ least, most }) => `${plain(least)} 이상 ${plain(most)} 미만의 수`,
  rangeReal: ({ least, most }) => `${plain(least)}부터 ${plain(most)}까지의 수`,
  rangeFlag: 'true 또는 false',
  rangeSeed: '0 이상의 정수, 또는 2^64보다 작은 수를 나타내는 숫자 문자열',
  rangeArms: ({ known }) => `다음 중에서 쉼표로 나누어 각각 한 번까지, 또는 없음: ${known}`,
  rangeWord: ({ choices }) =>
    choices
      .split('|')
      .map((choice) => `“${choice}”`)
      .join(', '),
  settingUnknown: ({ group, entry, known }) => `${group}: “${entry}” 항목은 없습니다. 있는 항목: ${known}`,
  settingObject: ({ group }) => `${group}: 객체여야 합니다`,
  settingGroupUnknown: ({ entry, known }) =>
    `settings: “${entry}” 항목은 없습니다. 있는 묶음은 pretext와 arms이고, arms 안에는 다음이 있습니다: ${known}`,
  splitTooLarge: ({ run, split, rows }) =>
    `${run}.validationSplit: ${short(split)} 값이면 ${whole(rows)}장 중 학습할 이미지가 남지 않습니다. 값을 낮추세요`,
  labelsFewer: ({ labels, wanted }) =>
    `labels: 데이터에 레이블이 있는 이미지가 더 없어서 ${whole(wanted)}개 대신 ${whole(labels)}개를 씁니다`,

  // memory, threads and processors
  noMemoryExperiment: ({ labels, images, threads }) =>
    `이미지 ${whole(images)}장과 스레드 ${whole(threads)}개가 있는 상태에서 레이블 ${whole(labels)}개의 실험을 하기에는 메모리가 부족합니다. 이미지, 스레드, 레이블을 줄이세요`,
  noMemoryData: ({ train, test, threads, mebibytes }) =>
    `이미지 ${whole(train)} + ${whole(test)}장은 스레드 ${whole(threads)}개와 함께 엔진의 ${whole(mebibytes)}MiB에 들어가지 않습니다. 이미지나 스레드를 줄이세요`,
  noMemoryDataDropped: ({ train, test, threads, mebibytes }) =>
    `이미지 ${whole(train)} + ${whole(test)}장은 스레드 ${whole(threads)}개와 함께 엔진의 ${whole(mebibytes)}MiB에 들어가지 않습니다. 이미지나 스레드를 줄이세요(이것을 시도하려고 이전 데이터를 지웠습니다)`,
  noMemoryDrawing: ({ images, threads }) =>
    `이미지 ${whole(images)}장과 스레드 ${whole(threads)}개 외에 그림을 둘 메모리가 부족합니다. 이미지나 스레드를 줄이세요`,
  noMemoryFile: ({ images, threads }) =>
    `이미지 ${whole(images)}장과 스레드 ${whole(threads)}개 외에 파일을 둘 메모리가 부족합니다. 이미지나 스레드를 줄이세요`,
  noMemoryArms: ({ images, threads }) =>
    `이미지 ${whole(images)}장과 스레드 ${whole(threads)}개 외에 비교 신경망을 둘 메모리가 부족합니다. 이미지나 스레드를 줄이세요`,
  noMemoryBenchmark: ({ images, threads }) =>
    `이미지 ${whole(images)}장과 스레드 ${whole(threads)}개 외에 벤치마크에 쓸 메모리가 부족합니다. 이미지나 스레드를 줄이세요`,
  noMemoryProbe: ({ images, threads }) =>
    `이미지 ${whole(images)}장과 스레드 ${whole(threads)}개 외에 선형 평가에 쓸 메모리가 부족합니다. 이미지나 스레드를 줄이세요`,
  noMemoryThreads: ({ threads }) =>
    `스레드 ${whole(threads)}개의 작업 공간을 둘 메모리가 부족합니다. 스레드를 줄이세요`,
  threadsRange: ({ most }) =>
    `threads: 0..${plain(most)} 범위의 정수여야 합니다. 이 모듈은 스레드 ${plain(most)}개로 시작했습니다`,
  threadsMost: ({ threads, most }) => `스레드 ${whole(threads)}개는 너무 많습니다. 최대 ${plain(most)}개입니다`,
  threadNoneLeft: ({ thread, threads }) =>
    `스레드 ${whole(threads)}개 중 ${plain(thread)}번을 시작하지 못했습니다(시스템에 남은 스레드가 없습니다). 스레드를 줄이세요`,
  threadRefused: ({ thread, threads }) =>
    `스레드 ${whole(threads)}개 중 ${plain(thread)}번을 시작하지 못했습니다(시스템이 거부했습니다). 스레드를 줄이세요`,
  isaNone: '이 컴퓨터는 컴파일된 명령어 집합을 하나도 지원하지 않습니다. 이 컴퓨터에서 프로그램을 빌드하세요',
  isaUnknown: ({ isa, known }) => `“${isa}” 명령어 집합은 쓸 수 없습니다. 이 빌드와 컴퓨터에서 쓸 수 있는 것: ${known}`,

  // the experiment
  noExperiment: '진행 중인 실험이 없습니다. 먼저 실험을 시작하세요',
  networkUnknown: ({ known }) => `신경망은 rotnet이거나 다음 중 하나여야 합니다: ${known}`,
  learningRate: '학습률은 0보다 큰 수여야 합니다',
  armsEarly: '사전 과제가 끝나지 않아 비교를 다시 실행할 수 없습니다. 먼저 사전 과제를 끝내세요',
  armsDiffer: ({ setting }) => `${setting}: 끝난 사전 과제의 값과 다릅니다. 값을 되돌리거나 처음부터 다시 시작하세요`,
  cannotGoOn: ({ why }) => `실행을 계속할 수 없습니다: ${why}`,
  nothingFailed: '실패한 것이 없어 이어서 할 것도 없습니다',
  runStopped: ({ run, epoch, step, what, rate, next }) =>
    `${run}: 에폭 ${whole(epoch)}, 스텝 ${whole(step)}에서 멈추었습니다. 학습률 ${short(rate)}에서 ${what}. ${next}`,
  armUnknown: ({ arm, known }) => `이 실험에는 “${arm}” 신경망이 없습니다. 있는 신경망: ${known}`,
  armUntested: ({ arm }) => `${arm}: 아직 테스트하지 않았습니다. 먼저 학습을 끝내세요`,
  runFailed: ({ run, what, rate, next }) =>
    `${run}: 학습을 마친 뒤 실패했습니다. 학습률 ${short(rate)}에서 ${what}. ${next}`,
  runHasFailed: '실행이 실패했습니다',
  badLoss: '손실이 유한한 값이 아닙니다',
  badWeight: '유한하지 않은 가중치가 있습니다',
  badOptimizer: '옵티마이저의 상태에 유한하지 않은 값이 있습니다',
  badValidation: '검증 손실이 유한한 값이 아닙니다',
  badTest: '테스트 손실이 유한한 값이 아닙니다',
  nextStartAgain: '학습률을 낮추고 처음부터 다시 시작하세요',
  nextBeginning: ({ rate }) => `시작 지점으로 되돌렸습니다. 학습률을 예를 들어 ${short(rate)}까지 낮추고 계속하세요`,
  nextEpoch: ({ epoch, rate }) =>
    `에폭 ${whole(epoch)}의 끝으로 되돌렸습니다. 학습률을 예를 들어 ${short(rate)}까지 낮추고 계속하세요`,
  nextStep: ({ epoch, step, rate }) =>
    `에폭 ${whole(epoch)}, 스텝 ${whole(step)} 시점으로 되돌렸습니다. 학습률을 예를 들어 ${short(rate)}까지 낮추고 계속하세요`,
  pieceUnknown: ({ piece, known }) => `“${piece}” 벤치마크는 없습니다. 있는 벤치마크: ${known}`,
  pieceNoImage: '벤치마크에는 이미지가 한 장 이상 필요합니다',
  secondsRange: 'seconds: 0..600 범위여야 합니다',

  // looks into the networks
  imagePixels: '이미지는 픽셀 784개의 Uint8Array여야 합니다',
  rotationsRange: ({ most }) => `count: 세트 안에서 1..${plain(most)} 범위의 정수여야 합니다`,
  rotationsWeights: 'weights: “now”, “keep”, “kept” 중 하나여야 합니다',
  nothingKept: '저장된 가중치가 없습니다. 먼저 “keep”으로 요청하세요',
  featuresImages: '이미지는 784픽셀의 1~2000배 길이인 Uint8Array여야 합니다',
  featuresWeights: 'weights: “random” 또는 숫자 19104개여야 합니다',
  axesPoints: '점은 숫자 288개의 1~4000배 길이인 Float32Array여야 합니다',
  axesLabels: '점마다 레이블을 하나씩 주세요',
  featuresDiverged: '학습이 발산하여 특징이 유한한 값이 아닙니다',
  featuresNotFinite: '특징이 유한한 값이 아닙니다',
  noProbe: '진행 중인 선형 평가가 없습니다. 먼저 시작하세요',
  probeUnfinished: '선형 평가가 끝나지 않았습니다. 끝날 때까지 진행하세요',
  probeFeatures: ({ known }) =>
    `선형 평가의 특징은 pretext, untrained, pixels이거나 스스로 특징을 학습하는 신경망이어야 합니다: ${known}`,
  probeBudgets: ({ most }) => `선형 평가에는 레이블 개수를 1~${whole(most)}가지 지정해야 합니다`,
  probeLabels: ({ most, labels }) =>
    `선형 평가의 레이블 개수는 1..${whole(most)}(레이블이 있는 이미지의 수) 범위여야 하는데 ${whole(labels)}개입니다`,
  probePenalty: '선형 평가의 벌점(penalty)은 0보다 큰 수여야 합니다',
  probeDraws: ({ most }) => `선형 평가의 추출 횟수는 1..${whole(most)} 범위여야 합니다`,
  probeNoLabels: '선형 평가에는 레이블이 있는 이미지가 필요합니다',
  eigenvectors: '특징의 고유벡터가 수렴하지 않았습니다. 유한하지 않거나 지나치게 큰 특징이 있습니다',
  ldaClasses: '판별 분석에는 두 개 이상의 클래스에 속한 점이 필요합니다',
  ldaFeatures: '판별 분석에는 특징이 하나 이상 필요합니다',
  ldaSame: '판별 분석에는 점들이 서로 다른 클래스가 필요합니다',
  ldaCovariance: '클래스 내 공분산이 양의 정부호가 아닙니다. 특징의 크기가 서로 지나치게 다릅니다',
  tensorUnknown: ({ tensor }) =>
    `“${tensor}” 텐서는 없습니다. 이름은 rotnet.conv1.kernel, supervised.head.bias와 같은 꼴입니다`,

  // safetensors
  fileLarge: '이 프로그램이 만든 파일이라기에는 너무 큽니다',
  safetensors: ({ detail }) => `safetensors: ${ends(detail)}. 파일이 손상되었거나 다른 종류이므로 다시 저장하세요`,
  headerTwice: ({ tensor }) => `${tensor}: 헤더에 두 번 들어 있습니다`,
  headerMisplaced: ({ kind }) => `헤더: 여기에 올 수 없는 값입니다(${kind})`,
  entryMisplaced: ({ tensor, kind }) => `${tensor}: 여기에 올 수 없는 값입니다(${kind})`,
  fieldMisplaced: ({ tensor, field, kind }) => `${tensor}, ${field}: 여기에 올 수 없는 값입니다(${kind})`,
  fieldTwice: ({ tensor, field }) => `${tensor}: 헤더에 ${field} 항목이 두 번 있습니다`,
  jsonObject: '객체',
  jsonArray: '배열',
  jsonString: '문자열',
  jsonNumber: '숫자',
  jsonNegative: '음수',
  jsonFraction: '소수부가 있는 수',
  jsonTruth: '참이나 거짓',
  jsonNull: '널(null)',
  entryIncomplete: ({ tensor }) => `${tensor}: dtype, shape, data_offsets 중 빠진 것이 있습니다`,
  offsetsTwo: ({ tensor }) => `${tensor}: data_offsets는 숫자 두 개여야 합니다`,
  offsetsOutside: ({ tensor, first, last, bytes }) =>
    `${tensor}: data_offsets ${plain(first)}..${plain(last)} 구간이 데이터 ${whole(bytes)}바이트를 벗어납니다`,
  typeUnknown: ({ tensor, type }) => `${tensor}: dtype ${type} 형식을 알 수 없습니다`,
  shapeBytes: ({ tensor, shape, bytes }) => `${tensor}: ${shape} 모양이 ${whole(bytes)}바이트와 맞지 않습니다`,
  fileShort: ({ bytes }) => `파일이 ${whole(bytes)}바이트밖에 되지 않습니다`,
  headerLong: ({ header, bytes }) =>
    `헤더는 ${whole(header)}바이트여야 하는데 파일이 ${whole(bytes)}바이트밖에 되지 않습니다`,
  headerNoJson: ({ byte }) => `헤더가 올바른 JSON이 아닙니다(${plain(byte)}번째 바이트)`,
  bytesOverlap: ({ tensor }) => `${tensor}: 바이트가 다른 텐서와 겹칩니다`,
  bytesUnused: ({ tensor }) => `${tensor}: 앞에 어떤 텐서에도 속하지 않는 바이트가 있습니다`,
  bytesLeft: '끝에 어떤 텐서에도 속하지 않는 바이트가 있습니다',
  tensorMissing: ({ tensor }) => `${tensor}: 파일에 이 텐서가 없습니다`,
  tensorUnlike: ({ tensor, found, wanted }) => `${tensor}: 필요한 것은 ${wanted}, 있는 것은 ${found}입니다`,

  // checkpoints and weights
  checkpointUnreadable: ({ detail }) => `체크포인트(checkpoint): ${detail}`,
  checkpointNone: '체크포인트: 이 파일은 체크포인트가 아닙니다. 가중치만 있는 파일은 가중치로 불러오세요',
  checkpointVersion: ({ version, newest }) =>
    `체크포인트: 파일의 버전은 ${version}인데 이 프로그램은 버전 1과 ${newest}만 읽습니다. 파일을 만든 프로그램을 쓰세요`,
  checkpointData: ({ made, present }) =>
    `체크포인트: 지금 데이터(${dataTitle(present)})가 아닌 다른 데이터(${dataTitle(made)})로 만들어졌습니다. 먼저 그 데이터를 불러오세요`,
  checkpointDigits: ({ made, present }) =>
    `체크포인트: 내장 숫자 버전 ${whole(made)}에서 만들어졌는데 이 프로그램에는 버전 ${whole(present)}의 숫자가 있습니다. 만든 프로그램에서 계속하거나, 그 프로그램의 “quarterturn digits” 명령으로 숫자를 저장한 뒤 그 파일을 먼저 불러오세요`,
  checkpointPreset: ({ preset }) => `체크포인트: ${preset} 프리셋에서 만들어졌습니다. 먼저 그 프리셋을 선택하세요`,
  checkpointDamaged: ({ detail }) => `체크포인트: ${detail}. 파일이 손상되었거나 이 프로그램이 만든 파일이 아닙니다`,
  entryWrong: ({ entry }) => `${entry} 항목이 없거나 잘못되었습니다`,
  failureUnlike: '상태가 실패 기록과 맞지 않습니다',
  weightNotFinite: ({ position, tensor }) => `${tensor}: ${plain(position)}번 원소가 유한한 값이 아닙니다`,
  noCount: ({ entry }) => `${entry}: 개수가 아닌 숫자가 들어 있습니다`,
  historyShape: ({ entry, columns }) => `${entry}: F64 [에폭, ${whole(columns)}] 모양이어야 합니다`,
  historyUnlike: ({ run }) => `${run}: 기록이 설정과 맞지 않습니다`,
  stateUnlike: ({ run }) => `${run}: 실험의 상태와 맞지 않습니다`,
  noDigit: ({ tensor }) => `${tensor}: 0~9가 아닌 숫자가 들어 있습니다`,
  armNotListed: ({ arm }) => `신경망 목록에 ${arm} 신경망이 없습니다`,
  positionUnlike: '위치가 이 실행에 속하지 않습니다',
  weightsUnknown: ({ tensor, example }) =>
    `가중치: ${tensor} 텐서는 이 신경망들의 것이 아닙니다. 이름의 예: ${example}`,
  weightsLate: ({ tensor, run }) =>
    `가중치: ${tensor} 텐서는 이미 학습 중입니다. ${run} 학습이 시작되기 전에 가중치를 불러오세요`,
  weightsTask: ({ made, task }) =>
    `가중치: 가중치의 사전 과제는 “${made}”, 이 실험의 사전 과제는 “${task}”입니다. 먼저 가중치의 과제를 선택하세요`,
  weightsUnlike: ({ detail }) => `가중치: ${detail}. 이 신경망들의 가중치를 쓰세요`,
  weightsNotFinite: ({ position, tensor }) =>
    `가중치: ${tensor} 텐서의 ${plain(position)}번 원소가 유한한 값이 아닙니다. 발산하지 않은 실행의 가중치를 쓰세요`,
  weightsNone: ({ example }) =>
    `가중치: 파일에 이 신경망들의 텐서(예: ${example})가 없습니다. 이 프로그램이 저장한 가중치를 쓰세요`,

  // what JavaScript gives
  notBytes: ({ file }) => `${fileOf(file)}: Uint8Array여야 합니다`,
  argumentNumber: ({ position }) => `인수 ${plain(position)}번은 숫자여야 합니다`,
  argumentWhole: ({ position }) => `인수 ${plain(position)}번은 0 이상의 정수여야 합니다`,
  argumentString: ({ position }) => `인수 ${plain(position)}번은 문자열이어야 합니다`,
  argumentArray: ({ position, type }) => `인수 ${plain(position)}번의 형식이 다릅니다. 필요한 형식: ${type}`,
  argumentFiles: ({ position }) => `인수 ${plain(position)}번은 Uint8Array들을 담은 객체여야 합니다`,
  argumentObject: ({ position }) => `인수 ${plain(position)}번은 객체여야 합니다`,
  argumentLarge: ({ position }) => `인수 ${plain(position)}번이 너무 길어 엔진의 메모리에 들어가지 않습니다. 줄이세요`,
  settingKind: ({ setting }) => `${setting}: 객체, 숫자, 문자열, true, false 중 하나여야 합니다`,
};

export default says;
