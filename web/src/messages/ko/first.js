// Korean: what stands on the first screen, and what any part may need at any time.
//
// Polite style throughout: 합니다, and 하세요 for what the visitor may do; buttons are nouns or end in 기. A word that is put
// in never has a particle that depends on its last syllable (은/는, 이/가, 을/를, 과/와, 으로/로) behind it: a fixed word stands
// between (“${n}개를”), or a colon, or the table below has the word with its particle (FORMS). A test refuses the others.
// English stands in parentheses where a section uses a term for the first time.
//
//   accuracy 정확도                 arm (compared network) 비교 신경망     augmentation, change 변형
//   batch 배치                      checkpoint 체크포인트                  class 클래스
//   comparison 비교                 confusion matrix 혼동 행렬             convolution 합성곱
//   early stopping 조기 종료        engine 엔진, build 빌드                epoch 에폭
//   feature 특징                    feature map 특징 맵                    fine-tuning 미세 조정
//   frozen 고정                     gradient descent 경사 하강법           guessing 무작위 추측
//   head 헤드                       kernel 커널                            label 레이블, labelled 레이블이 있는
//   latent space 잠재 공간          layer 층                               LDA 선형 판별 분석
//   learning rate 학습률            linear probe 선형 평가                 logit 로짓
//   loss 손실                       map (of features) 분포도               network 신경망
//   notebook 실습 노트북            optimiser 옵티마이저                   parameter 파라미터
//   PCA 주성분 분석                 percentage point %p                    pooling 풀링
//   prediction 예측                 pretext task 사전 과제                 random features 무작위 특징
//   raw pixels 원본 픽셀            ridge regression 릿지 회귀             run 실행
//   seed 시드                       self-supervised 자기지도               signature 서명
//   snapshot 스냅샷                 standard deviation 표준편차            step 스텝
//   supervised 지도학습             test 테스트                            thread 스레드
//   train, training 학습            unit 유닛                              validation 검증
//   weight 가중치                   95% interval 95% 신뢰구간
import { duration, percent, plain, whole } from '../intl.js';
import start from './start.js';

/** Words for what the data show. @type {typeof import('../en/first.js').KINDS} */
export const KINDS = {
  digits: { title: '숫자', ...written('숫자') },
  fashion: {
    title: 'Fashion-MNIST',
    ...seen('의류'),
    classes: ['티셔츠', '바지', '풀오버', '원피스', '코트', '샌들', '셔츠', '스니커즈', '가방', '앵클부츠'],
  },
  kmnist: {
    title: 'KMNIST',
    ...written('문자'),
    classes: ['お 오', 'き 키', 'す 스', 'つ 쓰', 'な 나', 'は 하', 'ま 마', 'や 야', 'れ 레', 'を 오'],
  },
  letters: { title: 'EMNIST 글자', ...written('글자') },
  numbers: {
    title: '이름 없음',
    ...seen('이미지'),
    classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `클래스 ${digit}`),
  },
};

/** Signs that somebody wrote. @param {string} one */
function written(one) {
  return { one, many: one, reads: '인식', parts: '획과 고리를 알아보아야 하며, 읽는 데 필요한 것도 대부분 그것입니다' };
}
/** Things that are seen. @param {string} one */
function seen(one) {
  return {
    ...{ one, many: one, reads: '인식' },
    parts: '윤곽과 모양을 알아보아야 하며, 인식하는 데 필요한 것도 대부분 그것입니다',
  };
}

/**
 * The same with their particles. `turned`: images that were turned, as an object; `which`: the question of what it is.
 * @type {Record<import('../en/first.js').Kind, { object: string, subject: string, topic: string, turned: string, changed: string, which: string, again: string }>}
 */
export const FORMS = {
  digits: forms('숫자', '숫자 이미지'),
  fashion: forms('의류', '의류 이미지'),
  kmnist: forms('문자', '문자 이미지'),
  letters: forms('글자', '글자 이미지'),
  numbers: forms('이미지', '이미지'),
};
/** For words that end in a vowel, as all of them do. @param {string} word @param {string} image */
function forms(word, image) {
  return {
    object: word + '를',
    subject: word + '가',
    topic: word + '는',
    turned: '회전한 ' + image + '를',
    changed: '변형한 ' + image + '를',
    again: '다른 ' + image + '로 다시 하기',
    which: word === '이미지' ? '이미지에 무엇이 있는지' : word + '가 무엇인지',
  };
}

/** @type {typeof import('../en/first.js').RUNS} */
export const RUNS = {
  pretext: '회전',
  self_supervised: '자기지도',
  random: '무작위 특징',
  supervised: '지도학습',
};

/**
 * Pretext tasks: what each asks, what its answers are, what it is itself within a sentence (there 과제 follows), and a
 * class in words.
 * @type {typeof import('../en/first.js').TASKS}
 */
export const TASKS = {
  turns: {
    title: RUNS.pretext,
    asks: '이미지를 90도씩 몇 번 회전했을까요?',
    things: '회전',
    noun: '회전',
    variant: ({ variant }) => `${plain(90 * variant)}°`,
  },
  mirrors: {
    title: '뒤집기',
    asks: '이미지를 어떻게 뒤집었을까요?',
    things: '뒤집기',
    noun: '뒤집기',
    variant: ({ variant }) => ['뒤집지 않음', '좌우', '상하', '좌우와 상하'][variant],
  },
  turns_mirrors: {
    title: '회전과 뒤집기',
    asks: '이미지를 어떻게 회전하고 뒤집었을까요?',
    things: '회전과 뒤집기',
    noun: '회전·뒤집기',
    variant: ({ variant }) => (variant < 4 ? `${plain(90 * variant)}°` : `뒤집고 ${plain(90 * (variant - 4))}°`),
  },
  jigsaw: {
    title: '직소 퍼즐',
    asks: '네 조각으로 나눈 이미지가 어떤 순서로 놓여 있을까요?',
    things: '순서',
    noun: '직소 퍼즐',
    variant: ({ name }) => [...name].join(' '),
  },
  shuffles: {
    title: '픽셀 섞기',
    asks: '정해진 네 가지 방법 중 어느 것으로 픽셀을 섞었을까요?',
    things: '섞은 방법',
    noun: '픽셀 섞기',
    variant: ({ name }) => `섞기 ${name}`,
  },
};

/** @param {number} count */
export const epochs = (count) => `${plain(count)}에폭`;

/** A share with its 95% interval. @type {typeof import('../en/first.js').withInterval} */
export const withInterval = ({ accuracy, low, high }) => `${percent(accuracy)} (${percent(low)}~${percent(high)})`;
/** Behind a share that stands by itself. @param {{ low: number, high: number }} _ */
const within = ({ low, high }) => `95% 신뢰구간 ${percent(low)}~${percent(high)}`;

/** @param {import('../en/first.js').Learned} learned */
const readNow = ({ labels, taught, untrained, code }) => {
  const figures = `레이블 ${whole(labels)}개로 선형 평가(linear probe)하면 이 신경망의 특징(feature)에서는 정확도가 <b>${withInterval(taught)}</b>, 학습하지 않은 특징에서는 <b>${withInterval(untrained)}</b>`;
  return code === 'level'
    ? `${figures}입니다. 둘 사이에 뚜렷한 차이는 없습니다. <a>결과 보기</a>.`
    : `${figures}입니다. <a>결과 보기</a>.`;
};

const NOW = '학습 중에도 바로 적용됩니다.';
/** A setting of the pretext run, by the task that is set. @param {string} name */
const ofPretext = (name) => ({
  label: `사전 과제 ${name}`,
  ofTask: (/** @type {{ task: import('../en/first.js').Task, brief: boolean }} */ { task, brief }) =>
    brief ? `<group>${TASKS[task].title} </group><name>${name}</name>` : `${TASKS[task].title} ${name}`,
});

/** @type {import('../messages.js').First} */
const first = {
  page: {
    title: '어느 쪽이 위일까요?',
    tab: 'Quarterturn: 어느 쪽이 위일까요?',
    description:
      '작은 신경망이 어느 쪽이 위인지 맞히면서 보는 법을 배웁니다. 브라우저에서 직접 학습하고, 숫자를 그려 보고, 지켜보세요.',
    language: '언어',
    lede: ({ kind }) =>
      `작은 신경망(neural network)에 ${FORMS[kind].turned} 보여 주고 얼마나 회전했는지 맞히게 합니다. ${FORMS[kind].which} 아무도 알려 주지 않습니다. 하지만 위아래를 구별하려면 ${KINDS[kind].parts}.`,
    toLight: '밝게',
    toDark: '어둡게',
    addressFault: ({ fault }) => `페이지 주소가 올바르지 않습니다. ${fault}. 기본값을 씁니다.`,
    inFrame:
      '다른 페이지 안에서는 브라우저가 공유 메모리를 주지 않아 스레드(thread) 하나로 학습합니다. <a>별도의 탭에서 열면</a> 더 빠를 수 있습니다.',
    source:
      '이 아이디어는 RotNet에서 왔습니다: S. Gidaris, P. Singh, N. Komodakis, “Unsupervised Representation Learning by Predicting Image Rotations”, ICLR 2018.',
    keptOffline: '이 페이지는 브라우저에 저장되어 있어 오프라인에서도 열립니다.',
    contents: '차례',
    appendix: '부록',
    minutes: ({ minutes }) => `${plain(minutes)}분`,
    onThisPage: '이 페이지의 내용',

    links: {
      learn: '학습',
      probe: '결과',
      quiz: '퀴즈',
      tasks: '과제',
      duel: '노트북',
      draw: '그리기',
      map: '분포도',
      inside: '내부',
      data: '데이터',
      speed: '속도',
      keep: '저장',
    },

    notFetched: ({ title }) => `“${title}” 섹션을 불러오지 못했습니다.`,
    notFetchedWhy: ({ title, why }) => `“${title}” 섹션을 불러오지 못했습니다: ${why}.`,
    failed: ({ title, why }) => `“${title}” 섹션이 멈추었습니다: ${why}`,
    reload: '새로 고침',
    tryAgain: '다시 시도',
    goOnWithout: '이 섹션 없이 계속',
    notOnPaper: ({ title }) =>
      `${title}: 인쇄할 때 아직 불러오지 못했습니다. “저장과 공유”의 “인쇄하거나 PDF로 저장”은 모든 섹션을 기다립니다.`,
  },

  common: {
    runs: RUNS,
    networks: {
      rotnet: RUNS.pretext,
      self_supervised: RUNS.self_supervised,
      random: RUNS.random,
      supervised: RUNS.supervised,
    },
    kinds: KINDS,
    tasks: TASKS,
    generated: ({ version, seed }) => `내장 생성 숫자, 버전 ${version}, 시드 ${seed} (손글씨 아님)`,
  },

  settings: {
    data: {
      label: '데이터',
      choices: { auto: '가능한 것 중 최선', generated: '내장 숫자', mnist: 'MNIST', own: '내 파일' },
    },
    images: {
      label: '학습 이미지',
      hint: '열한 장 중 열 장은 레이블 없이 사전 과제(pretext task)에 쓰고, 한 장만 레이블을 남깁니다.',
    },
    tests: { label: '테스트 이미지' },
    preset: {
      label: '픽셀 값',
      hint: '실습 노트북은 0~255를 씁니다. 보통은 255로 나눕니다.',
      choices: { unit: '0~1', notebook: '0~255' },
    },
    seed: { label: '시드', hint: '같은 시드(seed)는 마지막 비트까지 같은 결과를 냅니다.' },
    task: {
      label: '사전 과제',
      choices: {
        turns: '90도 회전 (답 4개)',
        mirrors: '뒤집기 (답 4개)',
        turns_mirrors: '회전과 뒤집기 (답 8개)',
        jigsaw: '네 조각 직소 퍼즐 (답 24개)',
        shuffles: '정해진 픽셀 섞기 (답 4개)',
      },
    },
    epochs: ofPretext('에폭'),
    batch: ofPretext('배치'),
    shuffle: ofPretext('데이터 섞기'),
    rate: { ...ofPretext('학습률'), hint: NOW },
    pace: {
      label: '속도',
      choices: { full: '최고 속도', 20: '초당 20스텝', 5: '초당 5스텝', 1: '초당 1스텝' },
    },
    armEpochs: { label: '비교 에폭', brief: '<group>비교 </group><name>에폭</name>' },
    labels: { label: '레이블이 있는 이미지', hint: '이 중 5분의 1은 검증(validation)에 씁니다.' },
    armRate: { label: '비교 학습률', brief: '<group>비교 </group><name>학습률</name>', hint: NOW },
    repeats: { label: '반복 횟수', hint: '반복할 때마다 다음 시드를 씁니다.' },
    budgets: { label: '레이블 개수들', hint: '시험해 볼 레이블 개수를 적으세요. 예: 10, 100, 1000' },
    probeLabels: { label: '선형 평가의 레이블' },
    threads: {
      label: '스레드',
      hint: '0: 컴퓨터가 제공하는 만큼. 결과는 같습니다.',
    },
    build: {
      label: '엔진 빌드',
      choices: {
        auto: '가능한 것 중 최선',
        'threads-relaxed': '여러 스레드, relaxed SIMD',
        'threads-simd': '여러 스레드, SIMD',
        'single-relaxed': '스레드 하나, relaxed SIMD',
        'single-simd': '스레드 하나, SIMD',
      },
    },
    digit: { label: '이미지 번호' },
    digitSet: { label: '이미지 세트', choices: { train: '학습', test: '테스트' } },
    smoothing: { label: '평활화' },
    log: { label: '로그 축' },
    latentDigits: { label: '분포도의 숫자', ofKind: ({ kind }) => `분포도의 ${KINDS[kind].many}` },
    latentWeights: {
      label: '특징',
      choices: { trained: '사전 과제로 학습', random: '무작위 가중치', both: '둘을 나란히' },
    },
    latentMethod: { label: '축', choices: { pca: '가장 넓게 퍼진 방향 (PCA)', lda: '가장 잘 나뉘는 방향 (LDA)' } },
    mine: { label: '내 숫자', choices: { test: '테스트에만 사용', train: '레이블이 있는 이미지에 포함' } },
    theme: { label: '색상', choices: { auto: '시스템 설정', light: '밝게', dark: '어둡게' } },
  },

  hero: {
    image: ({ kind, name, turn }) =>
      turn === 0
        ? `${KINDS[kind].one} ${name}, 바로 선 방향`
        : `${KINDS[kind].one} ${name}, 반시계 방향으로 ${plain(90 * turn)}도 회전`,
    noImage: '아직 이미지가 없습니다',
    key: '삼각형은 신경망이 위라고 판단한 쪽을 가리킵니다. 각도는 반시계 방향입니다.',
    note: ({ source }) => `데이터: ${source}.`,
    previous: '이전 이미지',
    next: '다음 이미지',
    any: '아무거나',
    says: ({ variant, sure }) => `<wide>답 </wide>${variant}<wide>, </wide><sure>${percent(sure, 0)}</sure>`,
    other: {
      lede: ({ kind, task, answers }) =>
        `작은 신경망(neural network)에 ${FORMS[kind].changed} 보여 주고 묻습니다. ${TASKS[task].asks} 가능한 답은 ${plain(answers)}개입니다. ${FORMS[kind].which} 아무도 알려 주지 않습니다.`,
      image: ({ kind, name, variant }) => `${KINDS[kind].one} ${name}: ${variant}`,
      note: ({ source, shown, of }) =>
        shown < of
          ? `답 ${plain(of)}개 중 ${plain(shown)}개와, 각 이미지에 대한 신경망의 답입니다. 데이터: ${source}.`
          : `각 이미지의 정답과 신경망의 답입니다. 데이터: ${source}.`,
      untrained: ({ answers, images }) =>
        images === null
          ? `정확도입니다. 답 ${plain(answers)}개 중 하나를 무작위로 고르는 것과 같습니다. <b>학습 시작</b>을 누르면 신경망이 이 탭에서 변형한 이미지로 연습합니다.`
          : `정확도입니다. 답 ${plain(answers)}개 중 하나를 무작위로 고르는 것과 같습니다. <b>학습 시작</b>을 누르면 신경망이 이 탭에서 변형한 이미지 ${whole(images)}장으로 연습합니다.`,
      training: ({ answers, epoch, epochs: of }) =>
        `정확도, 에폭(epoch) ${plain(epoch)}/${plain(of)}. 무작위로 답하면 ${percent(1 / answers, answers > 20 ? 1 : 0)}입니다.`,
      learning: ({ epoch, epochs: of, ...learned }) =>
        `정확도, 에폭(epoch) ${plain(epoch)}/${plain(of)}. ${readNow(learned)}`,
      tested: (share) =>
        `처음 보는 이미지에 대한 정확도입니다(${within(share)}). 이제 특징(feature)을 고정하고, 작은 층이 그 특징으로 학습합니다. <a>결과 보기</a>.`,
      read: ({ tested, ...learned }) => `처음 보는 이미지에 대한 정확도입니다(${within(tested)}). ${readNow(learned)}`,
    },
    guessing: '무작위 추측',
    untrained: ({ images }) =>
      images === null
        ? '회전을 맞힌 비율입니다. 무작위로 답하는 것과 같습니다. <b>학습 시작</b>을 누르면 신경망이 이 탭에서 회전한 이미지로 연습합니다.'
        : `회전을 맞힌 비율입니다. 무작위로 답하는 것과 같습니다. <b>학습 시작</b>을 누르면 신경망이 이 탭에서 회전한 이미지 ${whole(images)}장으로 연습합니다.`,
    training: ({ epoch, of }) =>
      `회전을 맞힌 비율, 에폭(epoch) ${plain(epoch)}/${plain(of)}. 무작위로 답하면 25%입니다.`,
    learning: ({ epoch, of, ...learned }) =>
      `회전을 맞힌 비율, 에폭(epoch) ${plain(epoch)}/${plain(of)}. ${readNow(learned)}`,
    frozen: (share) =>
      `처음 보는 이미지에서 회전을 맞힌 비율입니다(${within(share)}). 이제 특징(feature)을 고정(frozen)합니다. <a>결과 보기</a>.`,
    read: ({ tested, ...learned }) =>
      `처음 보는 이미지에서 회전을 맞힌 비율입니다(${within(tested)}). ${readNow(learned)}`,
  },

  run: {
    name: '학습',
    train: '학습 시작',
    pause: '일시 정지',
    resume: '계속하기',
    startOver: '처음부터 다시',
    startEngine: '엔진 다시 시작',
    slower: ({ rate }) => `학습률 ${plain(rate)} 값으로 계속`,
    step: '한 스텝',
    stepTitle: '학습을 한 스텝(step) 진행',
    epoch: '한 에폭',
    epochTitle: '이번 에폭(epoch)이 끝날 때까지 학습',
    reset: '처음부터 다시',
    resetTitle: '처음 가중치로 되돌리기',
    slowed: ({ pace }) => `초당 ${plain(pace)}스텝으로 늦춘 상태입니다. <button>최고 속도</button>`,
    armsWanted: '새 설정을 쓰려면 <a>비교를 다시 실행</a>하세요.',
    resetWanted: '새 설정을 쓰려면 처음부터 다시 시작하세요.',
    progress: '전체 실험의 진행',
    ok: '확인',

    opening: '엔진을 여는 중…',
    loading: ({ kind }) => `${FORMS[kind].object} 준비하는 중…`,
    broken: '실행 중인 엔진이 없습니다.',
    ready: ({ epochs: count, task }) =>
      `준비되었습니다. 학습 시작을 누르세요. ${TASKS[task].noun} 과제를 ${epochs(count)} 동안 학습한 다음 비교합니다.`,
    finished: ({ kind }) =>
      `끝났습니다. ${FORMS[kind].object} 그려 보거나, 내부를 들여다보거나, 다른 시드로 처음부터 다시 해 보세요.`,
    failed: '학습에 실패했습니다.',
    line: ({ paused, place, accuracy, speed, seconds }) =>
      [
        ...(paused ? ['일시 정지됨'] : []),
        ...(place
          ? [
              place.title,
              `에폭 ${plain(place.epoch)}/${plain(place.epochs)}`,
              `스텝 ${plain(place.step)}/${plain(place.steps)}`,
            ]
          : []),
        ...(accuracy === null ? [] : [`정확도 ${percent(accuracy)}`]),
        ...(speed === null ? [] : [`초당 ${whole(speed)}장`]),
        ...(seconds === null ? [] : [`남은 시간 ${duration(seconds)}`]),
      ].join(' · '),

    ended: '학습이 끝났습니다.',
    spoken: ({ title, epoch, epochs: of, accuracy }) =>
      accuracy === null
        ? `학습 중: ${title}, 에폭 ${plain(epoch)}/${plain(of)}`
        : `학습 중: ${title}, 에폭 ${plain(epoch)}/${plain(of)}, 정확도 ${percent(accuracy, 0)}`,

    tabRunning: ({ share }) => `${percent(share, 0)} · Quarterturn`,
    tabFinished: '완료 · Quarterturn',
  },

  learn: {
    title: '학습 과정 지켜보기',
    intro:
      '자기지도학습(self-supervised learning)의 <term pretext>사전 과제(pretext task)</term>는 이렇습니다. 각 이미지를 반시계 방향으로 0도, 90도, 180도, 270도 중 하나만큼 회전하고, 신경망은 얼마나 회전했는지 맞힙니다. 무작위로 답하면 25%입니다. <term epoch>에폭(epoch)</term> 하나는 모든 이미지를 네 방향으로 한 번씩 보는 것입니다. 손실(loss)은 신경망이 정답을 확신하는 상태에서 얼마나 떨어져 있는지를 나타내며, 낮을수록 좋습니다.',
    introOf: ({ task, answers }) =>
      `자기지도학습(self-supervised learning)의 <term pretext>사전 과제(pretext task)</term>는 이렇습니다. ${TASKS[task].asks} 가능한 답은 ${plain(answers)}개이므로 무작위로 답하면 ${percent(1 / answers, answers > 20 ? 1 : 0)}입니다. <term epoch>에폭(epoch)</term> 하나는 모든 이미지를 ${plain(answers)}가지 형태로 한 번씩 보는 것입니다. 손실(loss)은 신경망이 정답을 확신하는 상태에서 얼마나 떨어져 있는지를 나타내며, 낮을수록 좋습니다.`,
    testedOf: ({ images, source, ...share }) =>
      `처음 보는 변형된 테스트 이미지 ${whole(images)}장의 정확도는 ${withInterval(share)}입니다. 데이터: ${source}.`,

    settings: ({ rate, epochs: count, seed }) =>
      `설정 <note>학습률 ${plain(rate)}, ${epochs(count)}, 시드 ${plain(seed)}</note>`,
    strip: ({ task }) => `${TASKS[task].noun} 과제의 설정`,
    sets: { label: '설정 묶음', usual: '빠르게 보기', notebook: '실습 노트북의 설정' },
    wanted: '변경한 설정을 쓰려면 처음부터 다시 시작하세요. <button>처음부터 다시</button>',
    hint: '학습률(learning rate)은 한 스텝의 크기입니다. <term batch>배치(batch)</term>는 한 스텝에 쓰는 이미지의 수입니다. 학습률이 아닌 설정을 바꾸려면 처음부터 다시 시작하세요. 같은 시드(seed)는 마지막 비트까지 같은 결과를 냅니다.',
    data: ({ source }) => `데이터: ${source}.`,
    tested: ({ images, source, ...share }) =>
      `처음 보는 회전된 테스트 이미지 ${whole(images)}장에서 회전을 맞힌 비율은 ${withInterval(share)}입니다. 데이터: ${source}.`,
    how: ({ rate, batch, epochs: count }) =>
      `Adam, 학습률 ${plain(rate)}, 배치 ${plain(batch)}, ${epochs(count)}, 조기 종료(early stopping) 없음.`,

    epoch: '에폭',
    step: '스텝',
    speed: '초당 이미지',
    left: '남은 시간',
    done: '완료',
    of: ({ count, of }) => `${plain(count)}/${plain(of)}`,
    atEpoch: ({ epoch }) => `에폭 ${plain(epoch)}`,
    atStep: ({ epoch, step }) => `에폭 ${plain(epoch)}, 스텝 ${plain(step)}`,
  },

  start,

  components: {
    setByLesson: '수업에서 정한 값입니다.',

    chart: {
      role: '차트',
      name: ({ name, latest, hint }) => `${name} ${latest}. ${hint}`,
      over: ({ title, x }) => `${x}에 따른 ${title}. 최신 값:`,
      hint: '화살표 키로 값 사이를 이동하세요.',
      latest: '최신',
      at: ({ x, value }) => `${x} ${plain(value)}`,
      value: ({ label, value }) => `${label} ${value}`.trim(),
      noValue: ({ label }) => `${label} 아직 없음`,
      values: ({ values }) => values.join(', '),
      read: ({ place, values }) => `${place}: ${values.join(', ')}`,
      empty: '학습을 시작하면 곡선이 나타납니다.',
      noLibrary: '차트를 불러오지 못했습니다. 값은 표에서 볼 수 있습니다. 다시 시도하려면 페이지를 새로 고치세요.',
      table: ({ title }) => `${title}: 표`,
      nothing: '아직 값이 없습니다. 먼저 학습하세요.',
    },

    curves: {
      loss: '손실',
      accuracy: '정확도',
      epoch: '에폭',
      training: '학습',
      validation: ({ title }) => `${title}, 검증`,
      within: ({ title }) => `${title}, 에폭 내`,
      guessing: '무작위 추측',
      thin: '가는 선: 평활화하지 않음',
      lines: '실선: 학습 · 점선: 검증(따로 둔 5분의 1)',
      linesAndRing: '실선: 학습 · 점선: 검증(따로 둔 5분의 1) · 고리: 조기 종료',
    },
  },
};

export default first;
