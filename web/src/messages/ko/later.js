// Korean: everything but the first screen. Terms, style and what is said of particles: see first.js.
import { clock, fixed, list, month, percent, plain, significant, time, whole } from '../intl.js';
import { dataTitle } from '../data-title.js';
import says from './engine-says.js';
import { FORMS, KINDS, RUNS, TASKS, epochs as manyEpochs, withInterval } from './first.js';

/** @typedef {import('../en/first.js').Task} Task */

/** Where the top of a picture points. */
const TOPS = { up: '위쪽', left: '왼쪽', down: '아래쪽', right: '오른쪽' };

/** @type {Record<'train' | 'test', string>} */
const SETS = { train: '학습', test: '테스트' };

/** @param {number} bytes */
const megabytes = (bytes) => `${fixed(Math.max(0.1, bytes / 2 ** 20), 1)}MB`;

/** @param {number} count */
const threads = (count) => `스레드 ${whole(count)}개`;

/** Intl puts nothing but spaces between units in Korean. @param {readonly string[]} parts */
const commas = (parts) => parts.join(', ');

/** How the speed of this machine is known. @type {Record<'measured' | 'now' | 'trained', string>} */
const HOW = { measured: '측정값', now: '지금 학습 중', trained: '학습할 때' };

/** How a program in the browser was written. @type {Record<'shipped' | 'tuned', string>} */
const FORM = { shipped: '기본 사용', tuned: '직접 최적화' };

/** What no link can hold. @type {Record<'files' | 'digits' | 'rate' | 'arithmetic', string>} */
const LEFT = {
  files: '내 파일',
  digits: '직접 그린 숫자',
  rate: '학습 중에 바꾼 학습률',
  arithmetic: '학습 중에 바뀐 연산 방식',
};

/** @type {Record<'images' | 'labels', string>} */
const ITEMS = { images: '이미지', labels: '레이블' };

/** Of the elements of an IDX file, by their number in its header. @type {Record<number, string>} */
const TYPES = {
  9: '부호 있는 바이트',
  11: '16비트 정수',
  12: '32비트 정수',
  13: '단정밀도 실수(float)',
  14: '배정밀도 실수(double)',
};

/** @typedef {'pretext' | 'untrained' | 'pixels' | 'supervised'} Features whose features a probe reads */

/** What it taught, within a sentence. @type {Record<Task, string>} */
const TAUGHT = {
  turns: '회전 과제로 배운 특징',
  mirrors: '뒤집기 과제로 배운 특징',
  turns_mirrors: '회전·뒤집기 과제로 배운 특징',
  jigsaw: '직소 퍼즐 과제로 배운 특징',
  shuffles: '픽셀 섞기 과제로 배운 특징',
};
/**
 * Features within a sentence, marked so that the page can give each its colour. 쪽 follows where a particle is wanted.
 * @param {Features} features @param {Task} task
 */
function named(features, task) {
  const names = {
    pretext: TAUGHT[task],
    untrained: '학습하지 않은 특징',
    pixels: '원본 픽셀',
    supervised: '지도학습으로 배운 특징',
  };
  return `<${features}>${names[features]}</${features}>`;
}
/** A difference of two shares. @param {number} difference */
const inPoints = (difference) => `${fixed(100 * difference, 1)}%p`;
/** @param {{ low: number, high: number }} interval of a difference */
const between = ({ low, high }) => `${fixed(100 * low, 1)} ~ ${fixed(100 * high, 1)}`;
/** Of accuracies. @param {number} low @param {number} high */
const fromTo = (low, high) => `${percent(low)} ~ ${percent(high)}`;
/** @param {number} labels */
const manyLabels = (labels) => `레이블 ${whole(labels)}개`;

/** What an earlier run had set differently, each of its value. */
const DIFFERENCES = {
  task: (/** @type {Task} */ task) => TASKS[task].title,
  data: (/** @type {string} */ source) => dataTitle(source),
  images: (/** @type {number} */ count) => `학습 이미지 ${whole(count)}장`,
  seed: (/** @type {string} */ seed) => `시드 ${seed}`,
  preset: (/** @type {'unit' | 'notebook'} */ preset) => (preset === 'unit' ? '픽셀 값 0~1' : '픽셀 값 0~255'),
  epochs: (/** @type {number} */ count) => manyEpochs(count),
  rate: (/** @type {number} */ rate) => `학습률 ${plain(rate)}`,
  batch: (/** @type {number} */ batch) => `배치 ${plain(batch)}`,
  shuffle: (/** @type {boolean} */ shuffle) => (shuffle ? '섞음' : '섞지 않음'),
};

/** Versions that have all that the page uses. */
const NEW_ENOUGH = 'Chrome 또는 Edge 103, Firefox 114, Safari 16.4 이상';
/** @param {number} count */
const steps = (count) => `${plain(count)}스텝`;

/** Of weights with so many epochs behind them, and so many steps of the next one. @param {number} done @param {number} more */
function whenTrained(done, more) {
  const trained = [...(done > 0 ? [manyEpochs(done)] : []), ...(more > 0 ? [steps(more)] : [])];
  return trained.length > 0 ? `${trained.join(' ')} 학습 후` : '학습 전';
}
/** A moment of training. @param {number} count of epochs, also a part of one */
const afterEpochs = (count) => `${fixed(count, Number.isInteger(count) ? 0 : 1)}에폭 후`;

/** The present, or an earlier moment. @type {Record<'now' | 'then', string>} */
const AT = { now: '지금은', then: '선택한 시점에는' };

/** With its sign, in points of a percentage. @param {number} share */
const points = (share) => `${share < 0 ? '−' : '+'}${fixed(Math.abs(100 * share), 1)}`;

/** @param {import('../en/later.js').Mixed | null} mixed null: none is wrong */
const mixedUp = (mixed) =>
  mixed
    ? `가장 잦은 오답: 정답 “${mixed.truth}”, 신경망의 답 “${mixed.said}” (${whole(mixed.of)}장 중 ${whole(mixed.count)}장).`
    : '여기에는 오답이 없습니다.';

/** @param {import('../en/later.js').KinFigures} figures */
const kinFigures = ({ count, many, untrained, now, before, at, difference, low, high }) =>
  `${AT[at]} ${many} ${whole(count)}개 중 ${percent(now, 1)}의 가장 가까운 점이 같은 종류입니다. 첫 스텝 전에는 ${percent(before, 1)}였습니다. 학습하지 않는 <random>무작위 특징</random>에서는 ${percent(untrained, 1)}입니다. 변화량은 ${points(difference)}%p입니다(95% 신뢰구간 ${points(low)} ~ ${points(high)}).`;

/** @type {import('../messages.js').Later} */
const later = {
  sections: {
    quiz: {
      title: () => '나와 신경망의 대결',
      intro: ({ kind, task }) =>
        task === 'turns'
          ? `이제 같은 과제를 직접 풀어 보세요. 아무도 신경망에 ${FORMS[kind].which} 알려 주지 않았고, 이미지를 얼마나 회전했는지만 알려 주었습니다. 어느 쪽이 위인지 어떻게 알 수 있을까요?`
          : `이제 같은 과제를 직접 풀어 보세요. 아무도 신경망에 ${FORMS[kind].which} 알려 주지 않았고, 이미지를 어떻게 변형했는지만 알려 주었습니다. 정답을 어떻게 알 수 있을까요?`,
    },
    tasks: {
      title: () => '어떤 사전 과제가 가장 많이 가르칠까요?',
      intro: ({ kind }) =>
        `회전은 여러 선택지 중 하나일 뿐입니다. 이미지에 가하는 정해진 변형은 무엇이든 <term pretext>사전 과제(pretext task)</term>가 되고, 그 정답에는 레이블(label)이 필요 없습니다. 여기서는 과제마다 신경망을 하나씩, 같은 시드(seed)와 같은 이미지로 학습합니다. 그런 다음 <term probe>선형 평가(linear probe)</term>로 그 특징(feature)에서 ${FORMS[kind].object} 인식해 봅니다. 레이블이 적을 때와 많을 때를 모두 봅니다. 픽셀 섞기는 대조군입니다. 획 하나 알아보지 못하는 신경망도 섞은 방법은 구별할 수 있습니다.`,
    },
    probe: {
      title: () => '무엇을 배웠을까요?',
      intro: ({ kind }) =>
        `신경망을 <term frozen>고정(frozen)</term>합니다. 신경망은 이미지 한 장을 288개의 수, 곧 <term features>특징(feature)</term>으로 바꿉니다. <term probe>선형 평가(linear probe)</term>에서는 가장 단순한 분류기인 선형 분류기가 <term label>레이블(label)</term>이 있는 이미지 몇 장으로 이 특징에서 ${FORMS[kind].object} 인식하는 법을 배웁니다. 특징이 좋을수록 더 많이 맞힙니다. 사전 과제(pretext task)로 배운 특징은 학습하지 않은 신경망의 특징이나 픽셀 그 자체보다 가치가 있을까요?`,
    },
    duel: {
      title: () => '실습 노트북의 비교',
      intro: ({ kind }) =>
        `실습 노트북은 레이블(label)이 있는 같은 이미지로 학습한 세 신경망을 비교합니다. 그중 하나는 <term unsupervised>자기지도학습(self-supervised learning)</term> 신경망입니다. 둘은 <term head>헤드(head)</term>만 학습합니다. 헤드는 <term frozen>고정(frozen)</term>한 특징(feature) 위에 놓인 작은 층 하나로, 경사 하강법(gradient descent)으로 ${FORMS[kind].object} 인식하는 법을 배웁니다. 그래서 이 결과는 두 가지에 달려 있습니다. 특징에 무엇이 담겨 있는지, 그리고 헤드가 어디까지 학습했는지입니다. 선형 평가(linear probe)는 앞의 것만 보여 줍니다.`,
    },
    draw: {
      title: ({ kind }) => `${KINDS[kind].one} 그려 보기`,
      intro: ({ kind }) =>
        kind === 'letters'
          ? '그리는 동안 모든 신경망이 답합니다. 학습 중에도 마찬가지입니다. 답은 클래스마다 하나씩의 확률이며, <term softmax>소프트맥스(softmax)</term>로 만듭니다. 작게, 크게, 구석에 그려 보세요. 그림은 먼저 크기를 맞추고 가운데로 옮깁니다. 그런 다음 숫자를 그려서 신경망이 틀린 답을 얼마나 확신하는지 보세요.'
          : '그리는 동안 모든 신경망이 답합니다. 학습 중에도 마찬가지입니다. 답은 클래스마다 하나씩의 확률이며, <term softmax>소프트맥스(softmax)</term>로 만듭니다. 작게, 크게, 구석에 그려 보세요. 그림은 먼저 크기를 맞추고 가운데로 옮깁니다. 그런 다음 글자를 그려서 신경망이 틀린 답을 얼마나 확신하는지 보세요.',
    },
    map: {
      title: () => '배운 것을 펼쳐 보기',
      intro: ({ kind }) =>
        `이미지 한 장은 288개의 특징(feature)이 되므로 288차원 잠재 공간(latent space)의 점 하나입니다. 이 <term map>분포도(map)</term>는 테스트 이미지 일부를 특징이 가장 크게 달라지는 두 방향으로 펼쳐 보여 줍니다. 사전 과제(pretext task)는 레이블(label)을 한 번도 보지 않습니다. 그런데도 같은 종류의 ${FORMS[kind].subject} 서로 가까이 모일까요? 분포도 옆의 문장이 그 수를 셉니다. 학습을 되감아 비교해 보세요.`,
    },
    inside: {
      title: () => '내부 들여다보기',
      intro: () =>
        '<term convolution>합성곱(convolution)</term>은 이미지 곳곳에서 작은 무늬를 찾습니다. 이어서 풀링(pooling)은 가장 강한 반응만 남기고 정확한 위치는 잊습니다. 네 신경망은 모두 이런 두 단계로 시작합니다. 그다음 층(layer)과, 어떤 가중치(weight)를 학습하는지가 서로 다릅니다.',
    },
    data: {
      title: () => '데이터',
      intro: () =>
        '사전 과제(pretext task)는 레이블(label)이 없는 많은 이미지를 씁니다. 비교하는 세 신경망은 레이블이 있는 작은 부분을 씁니다. 테스트 이미지는 어느 쪽에도 속하지 않습니다. 직접 준비한 데이터도 쓸 수 있습니다. 28×28 이미지의 IDX 파일이면 무엇이든 됩니다.',
    },
    speed: {
      title: () => '왜 이렇게 빠를까요?',
      intro: () =>
        '엔진(engine)은 C++로 작성하여 WebAssembly로 컴파일했고, 방문자의 프로세서에서 실행됩니다. 서버로 보내는 것은 없습니다.',
    },
    keep: {
      title: () => '저장과 공유',
      intro: () =>
        '나중에 이어서 하거나, 똑같은 수치를 다시 얻거나, 실행을 공유하거나, 신경망을 다른 프로그램에서 쓸 수 있습니다.',
    },
  },

  tries: {
    name: '“해 보기” 과제',
    title: ({ done, of }) => `해 보기: ${of}개 중 ${done}개 완료`,
    done: '완료:',
    open: '아직 안 함:',
    later: '해 보면 여기에 설명이 나옵니다.',
    forget: '완료 표시 지우기',
    tasks: {
      trained: {
        task: '학습 버튼을 누르고 사전 과제가 끝날 때까지 기다려 보세요.',
        help: '학습 시작하기',
        answer:
          '이제 신경망은 이미지를 어떻게 바꾸었는지 알아맞힙니다. 사람이 레이블을 붙인 이미지는 한 장도 쓰지 않았습니다. 문제를 컴퓨터가 만들었으므로 정답도 알고 있었습니다.',
      },
      slow: {
        task: '초당 5스텝 이하로 천천히 학습하면서 손실을 지켜보세요.',
        help: '초당 5스텝으로 학습하기',
        answer:
          '스텝마다 배치(batch) 하나를 보고 가중치를 조금씩 바꿉니다. 손실은 배치마다 오르내리지만, 여러 배치를 거치면 줄어듭니다.',
      },
      fewLabels: {
        task: '학습이 끝나면 레이블 수를 가장 적게 골라 문장을 다시 읽어 보세요.',
        help: '레이블 10개 고르기',
        answer:
          '레이블이 이렇게 적으면 구간이 넓어서 순위가 우연에 많이 좌우됩니다. 레이블이 많아지면 모든 곡선이 올라가고, 차이를 잡음과 구별할 수 있습니다.',
      },
      otherLabels: {
        task: '학습이 끝나면 “레이블이 있는 이미지를 바꾸면 어떨까요?” 부분을 열어 보세요.',
        help: '다른 이미지로 보기',
        answer:
          '정확도는 어떤 이미지에 레이블이 있는지에 따라 달라집니다. 두 특징을 같은 이미지 묶음에서 평가하므로 묶음마다 둘의 차이를 비교하면 됩니다.',
      },
      gameBefore: {
        task: '학습하기 전에 게임을 끝까지 해 보세요.',
        help: '게임 시작하기',
        answer:
          '학습하지 않은 신경망은 찍을 뿐이어서 우연히 맞히는 만큼만 맞힙니다. 무작위 가중치는 이미지를 어떻게 바꾸었는지 전혀 모릅니다.',
      },
      gameAfter: {
        task: '한 에폭 이상 학습한 다음 다시 해 보세요.',
        help: '게임 한 번 더 하기',
        answer:
          '이제 신경망은 대부분 맞힙니다. 둘 다 틀린 이미지는 바꾸어도 똑같아 보이지 않는지 살펴보세요. 그렇다면 누구도 알 수 없습니다.',
      },
      otherTask: {
        task: '다른 사전 과제로 학습해 보세요.',
        help: '뒤집기 고르기',
        answer:
          '신경망과 이미지는 그대로이고 문제만 다릅니다. 그래서 선형 평가(linear probe)로 문제마다 무엇을 가르치는지 알 수 있습니다.',
      },
      allTasks: {
        task: '이 부분의 버튼으로 모든 사전 과제를 학습해 보세요.',
        help: '모두 학습하기',
        answer:
          '픽셀을 섞은 방법은 획을 하나도 보지 않고 알아맞힐 수 있습니다. 이런 문제는 거의 다 맞히지만, 무작위 가중치보다 가르치는 것이 거의 없습니다.',
      },
      fewForArms: {
        task: '세 신경망에 레이블이 있는 이미지를 100장 이하로 주고 다시 학습해 보세요.',
        help: '레이블을 100개로 맞추기',
        answer:
          '지도학습 신경망은 이 이미지로만 배워야 하므로 가장 많이 떨어집니다. 레이블 없이 배운 특징은 쓸모가 더 많이 남습니다.',
      },
      seeds: {
        task: '다른 시드(seed)로 학습한 결과를 표에 더해 보세요.',
        help: '다음 시드 두 개 학습하기',
        answer:
          '시드가 다르면 처음 가중치가 다릅니다. 두 신경망의 차이가 시드에 따른 차이보다 작다면, 한 번 학습한 결과로는 어느 쪽이 나은지 말할 수 없습니다.',
      },
      drawn: {
        task: '무언가를 그리고 답을 읽어 보세요.',
        help: '그림판으로 가기',
        answer:
          '그림은 데이터의 이미지처럼 먼저 가운데로 옮기고 28×28 픽셀로 줄입니다. 어떤 신경망도 본 적이 없는 그림이므로 진짜 시험입니다.',
      },
      upsideDown: {
        task: '다이얼로 그림을 거꾸로 돌려 보세요.',
        help: '180° 돌리기',
        answer:
          '회전 신경망의 답은 그림을 따라 바뀝니다. 다른 신경망은 바로 선 이미지로만 학습했으므로 이제 다르게 읽는 일이 많습니다.',
      },
      bothMaps: {
        task: '학습한 신경망과 학습하지 않은 신경망을 나란히 보세요.',
        help: '두 지도 나란히 보기',
        answer:
          '무작위 특징도 비슷한 이미지를 가까이 놓습니다. 학습으로 늘어난 것은 두 수의 차이, 곧 가장 가까운 점이 같은 종류인 점의 수입니다.',
      },
      backInTime: {
        task: '학습의 앞 시점으로 돌아가 보세요.',
        help: '처음 시점으로 가기',
        answer:
          '첫 에폭과 마지막 에폭을 비교해 보세요. 점은 대개 손실이 가장 빨리 줄어드는 처음에 가장 많이 움직입니다.',
      },
      poolLoser: {
        task: '유닛 하나를 숫자로 보는 카드에서 풀링이 버리는 값을 살펴보세요.',
        help: '버려지는 값 보기',
        answer:
          '풀링은 네 값 가운데 가장 큰 값만 남깁니다. 그래서 유닛은 무늬가 있다는 것은 알려 주지만 정확히 어디에 있는지는 알려 주지 않습니다.',
      },
      randomKernels: {
        task: '학습한 신경망의 커널을 “무작위 특징”의 커널과 비교해 보세요.',
        help: '무작위 커널 보기',
        answer:
          '학습한 커널에는 한쪽이 양수이고 다른 쪽이 음수인 가장자리 무늬가 자주 보입니다. 무작위 커널도 획에 반응합니다. 그래서 학습하지 않은 특징에서도 선형 평가로 무언가를 읽어 낼 수 있습니다.',
      },
    },
    guess: {
      name: '결과를 보기 전의 예상',
      title: '예상해 보기',
      question: ({ labels, kind, task }) =>
        `원한다면 먼저 예상해 보세요. ${manyLabels(labels)}, ${TAUGHT[task]}: 테스트 이미지(${KINDS[kind].many}) 100장 중 몇 장을 맞힐까요?`,
      slider: '예상, 100장 중',
      value: ({ guess }) => `100장 중 ${guess}장`,
      keep: '이렇게 예상하기',
      forget: '다시 예상하기',
      waiting: ({ guess }) => `내 예상: 100장 중 ${guess}장. 사전 과제 학습이 끝나면 여기에 결과가 나옵니다.`,
      found: ({ guess, ...share }) => `내 예상: 100장 중 ${guess}장. 결과: ${withInterval(share)}.`,
    },
  },

  listen: {
    play: ({ name }) => `소리로 듣기: ${name}`,
    stop: ({ name }) => `소리 멈추기: ${name}`,
    playShort: '소리로 듣기: 높은 소리가 큰 값입니다',
    stopShort: '소리 멈추기',
  },

  glossary: {
    unsupervised: '자기지도학습: 레이블 없이 하는 학습입니다. 과제의 정답을 데이터에서 스스로 만듭니다.',
    pretext:
      '레이블이 필요 없는 과제입니다. 답 자체는 쓸모가 없으며, 이 과제를 풀면서 쓸모 있는 특징을 배우게 하는 것이 목적입니다.',
    label: '이미지가 무엇을 나타내는지 사람이 적어 둔 것입니다. 숫자라면 열 개 클래스 중 하나입니다.',
    features: '신경망이 마지막 층들에 이르기 전에 이미지에서 계산한 수들입니다. 분류기는 픽셀 대신 이 수들을 씁니다.',
    frozen: '고정한 가중치는 다른 층을 학습하는 동안 바뀌지 않습니다.',
    head: '특징을 클래스마다 하나씩의 점수로 바꾸는, 신경망의 마지막 층입니다.',
    probe: '고정한 특징 위에 선형 분류기를 맞추어 보는 것입니다. 그 정확도로 특징이 얼마나 좋은지 잽니다.',
    epoch: '모든 학습 이미지를 한 번씩 학습하는 것입니다.',
    batch: '한 스텝에 학습하는 이미지들입니다. 신경망은 배치마다 한 번 가중치를 바꿉니다.',
    softmax: '마지막 층의 점수, 곧 로짓(logit)을 확률로 바꿉니다. 확률은 모두 0과 1 사이이고 더하면 1이 됩니다.',
    confusion: '실제 클래스마다 어떤 답이 몇 번 나왔는지 센 표입니다. 대각선에 있는 것이 정답입니다.',
    interval: '측정값 둘레의 범위입니다. 다른 테스트 이미지로 테스트를 되풀이하면 이런 범위의 95%가 참값을 포함합니다.',
    stopping: '조기 종료: 측정값이 여러 에폭 동안 나아지지 않으면 학습을 끝냅니다.',
    ridge: '선형 분류기의 가중치를 작게 유지하여, 몇 장 안 되는 이미지의 잡음까지 맞추지 않게 합니다.',
    tuning: '미세 조정: 사전 과제로 학습한 가중치에서 시작하여, 레이블로 모든 가중치를 더 학습하는 것입니다.',
    convolution: '가중치로 된 작은 격자(커널, kernel)를 이미지 위에서 옮기며 위치마다 가중합을 계산하는 층입니다.',
    map: '신경망의 특징을 그린 그림입니다. 주성분 분석(PCA, principal component analysis)은 점들이 가장 크게 달라지는 방향을 찾습니다.',
  },

  example: {
    line: ({ data, epochs, seed }) =>
      `예시 실행: ${OF_EXAMPLE[data]}, 시드 ${seed}, ${manyEpochs(epochs)}. 직접 학습하려면 학습 시작을 누르세요.`,
    mark: ({ data, epochs, seed }) => `예시 실행: ${OF_EXAMPLE[data]}, 시드 ${seed}, ${manyEpochs(epochs)}`,
  },
  session: {
    noEngine: '실행 중인 엔진이 없습니다',
    noData: '아직 불러온 데이터가 없습니다',
    withHelp: ({ reason, fix }) => `${reason}. 해결 방법: ${fix}`,
    noOwnFiles:
      '이 브라우저에는 내 파일이 없습니다. “데이터” 섹션에서 파일을 선택하세요. 그때까지 페이지는 다른 이미지를 씁니다.',
    rowsDamaged: '실행 기록표에서 손상되었거나 다른 버전에서 저장한 행은 표시하지 않습니다.',
    momentsDamaged: '실행은 계속됩니다. 분포도의 이전 스냅샷만 손상되어, 분포도는 지금부터 다시 기록합니다.',
    keptRefused: ({ why }) =>
      `저장된 실행을 계속할 수 없습니다: ${why}. 처음부터 다시 시작하세요. 페이지 자체는 정상입니다.`,
    reopening: ({ reason }) => `엔진이 멈추었습니다: ${reason}. 페이지가 엔진을 다시 시작하고 있습니다…`,
    reopened: ({ reason }) => `엔진이 멈추었습니다: ${reason}. 페이지가 엔진을 다시 시작했고, 준비되었습니다.`,
    resumed: ({ reason }) =>
      `엔진이 멈추었습니다: ${reason}. 페이지가 엔진을 다시 시작하여 학습이 이어집니다. 그 밖에 잃은 것은 없습니다.`,
    resumedAt: ({ reason, run, epoch, step }) =>
      `엔진이 멈추었습니다: ${reason}. 페이지가 엔진을 다시 시작하여 다음 위치부터 학습이 이어집니다: ${RUNS[run]}, 에폭 ${plain(epoch)}, 스텝 ${plain(step)}. 그 밖에 잃은 것은 없습니다.`,
    resumedResult: ({ reason }) =>
      `엔진이 멈추었습니다: ${reason}. 페이지가 결과와 함께 엔진을 다시 시작했습니다. 그 밖에 잃은 것은 없습니다.`,
    givenUp: ({ reason, times, kept }) =>
      kept
        ? `엔진이 멈추었습니다: ${reason}. 페이지가 엔진을 ${plain(times)}번 다시 시작했지만 또 멈추었습니다. 실행은 저장되어 있습니다. 다른 탭을 닫은 뒤 엔진을 다시 시작하세요.`
        : `엔진이 멈추었습니다: ${reason}. 페이지가 엔진을 ${plain(times)}번 다시 시작했지만 또 멈추었습니다. 다른 탭을 닫은 뒤 엔진을 다시 시작하세요.`,
  },

  copy: {
    copied: '복사했습니다.',
    refused: '브라우저가 복사를 허용하지 않았습니다. 텍스트를 선택해 두었으니 Ctrl+C나 메뉴로 복사하세요.',
    text: '복사할 텍스트',
  },

  stems: {
    verdict: ({ name, sure }) => `${name}, ${percent(sure, 0)}`,
    none: '아직 답 없음',
    name: ({ title, verdict }) => `${title}: ${verdict}`,
  },

  errorsOfTurns: {
    confusion: {
      title: '헷갈리는 회전: 혼동 행렬(confusion matrix)',
      caption: '행: 실제 회전. 열: 신경망의 답. 칸: 그 행에서 차지하는 비율.',
      titleOf: '헷갈리는 답: 혼동 행렬(confusion matrix)',
      captionOf: '행: 정답. 열: 신경망의 답. 칸: 그 행에서 차지하는 비율.',
      foundOf: ({ right, images, epochs: done, steps: more, source, answers, mixed }) =>
        `정확도 ${withInterval(right)}. ${mixedUp(mixed)} 테스트 이미지 ${whole(images)}장을 ${plain(answers)}가지 형태로, ${whenTrained(done, more)}. 데이터: ${source}.`,
      corner: '정답 <down/> 신경망 <right/>',
      cell: ({ count, of }) => `${whole(of)}장 중 ${whole(count)}장`,
      looking: '테스트하는 중…',
      diverged: '학습이 발산했습니다. 가중치가 유한한 값이 아니어서 보여 줄 것이 없습니다.',
      found: ({ right, images, epochs: done, steps: more, source, mixed }) =>
        `정확도 ${withInterval(right)}. ${mixedUp(mixed)} 테스트 이미지 ${whole(images)}장을 네 방향으로, ${whenTrained(done, more)}. 데이터: ${source}.`,
    },

    mistakes: {
      title: '가장 확신한 오답',
      image: ({ index, name }) => `테스트 이미지 ${plain(index)}, ${name}:`,
      is: ({ variant }) => `정답 <b>${variant}</b>`,
      says: ({ variant, sure }) => `신경망 <b>${variant}</b>, ${percent(sure, 0)}`,
      note: ({ kind }) =>
        `하나를 고르면 그 ${FORMS[kind].object} <top>페이지 처음</top>과 <inside>내부 들여다보기</inside>에서 볼 수 있습니다.`,
      none: ({ kind }) =>
        `이 이미지들에서는 오답이 없습니다. 하나를 고르면 그 ${FORMS[kind].object} <top>페이지 처음</top>과 <inside>내부 들여다보기</inside>에서 볼 수 있습니다.`,
    },
  },

  quiz: {
    tops: TOPS,
    before: ({ kind, questions }) =>
      `테스트 이미지 ${plain(questions)}장이 무작위로 회전되어 나옵니다. ${KINDS[kind].one}의 윗부분이 어느 쪽을 향하나요? 화살표 키, 숫자 키 1~4, 또는 둘레의 버튼으로 답하세요. 신경망도 동시에 답합니다.`,
    play: '시작하기',
    again: ({ kind }) => `${FORMS[kind].again}`,
    data: ({ source }) => `데이터: ${source}.`,

    untrained: '신경망은 아직 학습하지 않아 무작위로 답합니다.',
    firstEpoch: ({ step, of }) => `신경망은 첫 에폭(epoch)의 스텝(step) ${plain(step)}/${plain(of)}까지 학습했습니다.`,
    trained: ({ epochs: count, task }) => `신경망은 ${TASKS[task].noun} 과제를 ${manyEpochs(count)} 동안 학습했습니다.`,
    noAnswer: '신경망이 답하지 못합니다. 학습이 발산하여 가중치가 유한한 값이 아닙니다. 처음부터 다시 시작하세요.',

    question: ({ kind }) => `${KINDS[kind].one}의 윗부분이 어느 쪽을 향하나요?`,
    field: ({ kind, number, of }) =>
      `${KINDS[kind].one} ${plain(number)}/${plain(of)}: 윗부분이 어느 쪽을 향하나요? 화살표 키나 1~4 키로 답하세요.`,
    turned: ({ kind }) => `회전한 ${KINDS[kind].one}`,
    upright: ({ kind }) => `바로 세운 ${KINDS[kind].one}`,
    answer: ({ top }) => `윗부분이 ${TOPS[top]} 방향`,
    count: ({ kind, number, of, you, network }) =>
      `${KINDS[kind].one} ${plain(number)}/${plain(of)} · 나 ${plain(you)}, 신경망 ${plain(network)}`,
    youRight: ({ said }) => `나: ${TOPS[said]}, 정답`,
    youWrong: ({ said, truth }) => `나: ${TOPS[said]}, 정답은 ${TOPS[truth]}`,
    networkRight: ({ said, sure }) => `신경망: ${TOPS[said]} (${percent(sure, 0)}), 정답`,
    networkWrong: ({ said, sure, truth }) => `신경망: ${TOPS[said]} (${percent(sure, 0)}), 정답은 ${TOPS[truth]}`,
    next: ({ kind }) => `다음 ${KINDS[kind].one}`,
    toResult: '결과 보기',
    networkSays: '신경망의 답',

    youWin: ({ you, network, of }) =>
      `${plain(of)}문제 중 나는 ${plain(you)}개, 신경망은 ${plain(network)}개 맞혔습니다. 내가 이겼습니다.`,
    networkWins: ({ you, network, of }) =>
      `${plain(of)}문제 중 나는 ${plain(you)}개, 신경망은 ${plain(network)}개 맞혔습니다. 신경망이 이겼습니다.`,
    draw: ({ you, network, of }) =>
      `${plain(of)}문제 중 나는 ${plain(you)}개, 신경망은 ${plain(network)}개 맞혔습니다. 비겼습니다.`,
    shown: ({ kind, number, top }) => `${KINDS[kind].one} ${plain(number)}: 윗부분이 ${TOPS[top]} 방향`,
    youSaid: ({ said }) => `나 <arrow/><name>${said}</name> <mark/>`,
    networkSaid: ({ said, sure }) => `신경망 <arrow/><name>${said}</name> <mark/> ${percent(sure, 0)}`,
    other: {
      before: ({ questions, task, asked, answers }) =>
        asked < answers
          ? `테스트 이미지 ${plain(questions)}장이 무작위로 변형되어 나옵니다. ${TASKS[task].asks} 퀴즈에서는 답 ${plain(answers)}개 중 ${plain(asked)}개만 쓰며, 나와 신경망에 똑같이 적용됩니다. 1~${plain(asked)} 키나 버튼으로 답하세요. 신경망도 동시에 답합니다.`
          : `테스트 이미지 ${plain(questions)}장이 무작위로 변형되어 나옵니다. ${TASKS[task].asks} 가능한 답은 ${plain(answers)}개입니다. 1~${plain(asked)} 키나 버튼으로 답하세요. 신경망도 동시에 답합니다.`,
      field: ({ kind, number, of, task }) => `${KINDS[kind].one} ${plain(number)}/${plain(of)}: ${TASKS[task].asks}`,
      changed: ({ kind }) => `변형한 ${KINDS[kind].one}`,
      upright: ({ kind }) => `변형하기 전의 ${KINDS[kind].one}`,
      choice: ({ number, name }) => `${number}: ${name}`,
      youRight: ({ said }) => `나: ${said}, 정답`,
      youWrong: ({ said, truth }) => `나: ${said}, 정답은 ${truth}`,
      networkRight: ({ said, sure }) => `신경망: ${said} (${percent(sure, 0)}), 정답`,
      networkWrong: ({ said, sure, truth }) => `신경망: ${said} (${percent(sure, 0)}), 정답은 ${truth}`,
      shown: ({ kind, number, variant }) => `${KINDS[kind].one} ${plain(number)}: ${variant}`,
    },
    luck: ({ kind, source }) =>
      kind === 'digits'
        ? `둘 다 찍을 수밖에 없을 때도 있습니다. 0, 1, 8은 거꾸로 보아도 같고, 6은 9가 됩니다. 데이터: ${source}.`
        : `둘 다 찍을 수밖에 없을 때도 있습니다. 두 방향에서 거의 똑같아 보이는 것이 있기 때문입니다. 데이터: ${source}.`,
  },

  tasks: {
    run: '모든 사전 과제 실행',
    stop: '중지',
    removeAll: '이 결과 삭제',
    waits: '현재 실행이 끝나거나 일시 정지되면 시작합니다.',
    opening: '두 번째 엔진을 여는 중…',
    at: ({ title, place, of, run, epoch, epochs: all }) =>
      `${title} (${plain(place)}/${plain(of)}) · ${run}, 에폭 ${plain(epoch)}/${plain(all)}`,
    reading: ({ title, place, of }) => `${title} (${plain(place)}/${plain(of)}) · 특징을 선형 평가하는 중`,
    progress: '모든 사전 과제의 진행',
    note: ({ epochs: count, seed }) =>
      `두 번째 엔진이 과제마다 신경망 하나씩을 현재 설정(${manyEpochs(count)}, 시드 ${plain(seed)})으로 학습합니다. 현재 실행은 그대로 있습니다. 과제마다 실행 기록표에 한 행씩 추가됩니다.`,
    made: ({ epochs: count, seed, pixels, tests, source }) =>
      `${manyEpochs(count)}, 시드 ${plain(seed)}, 픽셀 값 ${pixels === 'unit' ? '0~1' : '0~255'}. 이미지 ${whole(tests)}장에 대한 테스트 정확도와 95% 신뢰구간. 데이터: ${source}.`,
    untrained: '사전 과제 없음 (학습하지 않음)',
    chart: {
      title: '레이블 개수에 따른 사전 과제별 테스트 정확도',
      name: '레이블 개수에 따른 사전 과제별 테스트 정확도, 로그 축.',
      hint: '화살표 키로 레이블 개수 사이를 이동하세요.',
      axis: '레이블이 있는 이미지',
      at: ({ labels }) => manyLabels(labels),
      value: withInterval,
    },
    table: {
      label: '사전 과제마다 배운 것',
      caption:
        '칸마다 세 줄이 있습니다: 테스트 정확도, 테스트 이미지에 대한 95% 신뢰구간, 회전 과제와의 차이(%p)와 그 95% 신뢰구간(같은 이미지로 짝지어 비교).',
      question: '사전 과제',
      remove: '삭제',
      removeOne: ({ title }) => `“${title}” 결과 삭제`,
      answers: '답의 수',
      pretext: '과제 정확도',
      at: ({ labels }) => manyLabels(labels),
      interval: ({ low, high }) => between({ low, high }),
      difference: ({ difference, low, high }) => `${points(difference)} (${points(low)} ~ ${points(high)})`,
    },
    verdict: {
      ahead: ({ title, labels }) =>
        `“${title}” 과제는 레이블 ${list(labels.map(whole))}개에서 회전 과제보다 뚜렷하게 앞섭니다.`,
      behind: ({ title, labels }) =>
        `“${title}” 과제는 레이블 ${list(labels.map(whole))}개에서 회전 과제보다 뚜렷하게 뒤집니다.`,
      level:
        '회전 과제와의 나머지 차이는 모두 0일 수 있습니다. 95% 신뢰구간이 0을 포함하기 때문입니다. 이 결과는 시드 하나의 결과이며, 시드가 다르면 수치도 달라집니다.',
    },
  },

  probe: {
    choice: '레이블이 있는 이미지',
    waiting: '측정하는 대로 결과가 나타납니다.',
    failed: ({ why }) => `선형 평가에 실패했습니다: ${why}.`,

    series: {
      pretext: ({ task }) => TASKS[task].title,
      untrained: (_) => '학습하지 않음',
      pixels: (_) => '원본 픽셀',
      supervised: (_) => '지도학습',
    },
    value: withInterval,
    interval: ({ low, high }) => `${fixed(100 * low, 1)}~${fixed(100 * high, 1)}`,

    before: ({ labels, task, of, untrained, pixels, begun }) =>
      begun
        ? `학습 전에 ${manyLabels(labels)}만으로 선형 평가하면 테스트 이미지 ${whole(of)}장의 정확도는 ${named('untrained', task)}에서 ${withInterval(untrained)}, ${named('pixels', task)}에서 ${withInterval(pixels)}입니다. 사전 과제로 무엇이 더해지는지 지금 측정하고 있습니다…`
        : `학습 전에 ${manyLabels(labels)}만으로 선형 평가하면 테스트 이미지 ${whole(of)}장의 정확도는 ${named('untrained', task)}에서 ${withInterval(untrained)}, ${named('pixels', task)}에서 ${withInterval(pixels)}입니다. 사전 과제로 무엇이 더해지는지 보려면 학습 시작을 누르세요.`,
    leads: ({ labels, task, first, share, of, second, difference, low, high }) =>
      `${manyLabels(labels)}에서는 ${named(first, task)} 쪽이 가장 좋습니다. 테스트 이미지 ${whole(of)}장의 정확도는 ${withInterval(share)}입니다. ${named(second, task)} 쪽은 그보다 ${inPoints(Number(difference))} 낮습니다(95% 신뢰구간 ${between({ low, high })}).`,
    level: ({ labels, task, first, share, of, others }) =>
      `${manyLabels(labels)}에서는 뚜렷하게 앞서는 것이 없습니다. ${named(first, task)} 쪽은 테스트 이미지 ${whole(of)}장의 정확도가 ${withInterval(share)}이지만, 다음과는 뚜렷한 차이가 없습니다: ${commas(others.map((other) => named(other, task)))}. 95% 신뢰구간이 0을 포함합니다.`,

    against: {
      ahead: ({ task, other, difference, low, high, b, c }) =>
        `${named('pretext', task)} 쪽이 ${named(other, task)} 쪽보다 ${inPoints(difference)} 앞섭니다(${between({ low, high })}). 앞의 것만 맞힌 테스트 이미지는 ${whole(b)}장, 뒤의 것만 맞힌 테스트 이미지는 ${whole(c)}장입니다.`,
      behind: ({ task, other, difference, low, high, b, c }) =>
        `${named('pretext', task)} 쪽이 ${named(other, task)} 쪽보다 ${inPoints(-difference)} 뒤집니다(${between({ low: -high, high: -low })}). 앞의 것만 맞힌 테스트 이미지는 ${whole(b)}장, 뒤의 것만 맞힌 테스트 이미지는 ${whole(c)}장입니다.`,
      level: ({ task, other, difference, low, high, b, c }) =>
        `${named('pretext', task)} 쪽과 ${named(other, task)} 쪽 사이에는 뚜렷한 차이가 없습니다: ${inPoints(difference)} (${between({ low, high })}). 앞의 것만 맞힌 테스트 이미지는 ${whole(b)}장, 뒤의 것만 맞힌 테스트 이미지는 ${whole(c)}장입니다.`,
      unfair: ({ task, labels, supervised }) =>
        `${named('supervised', task)} 쪽은 여기서 비교할 수 없습니다. 그 신경망은 이미 ${manyLabels(supervised)}에서 배웠는데 이 비교는 ${whole(labels)}개만 씁니다.`,
    },

    chart: {
      title: '선형 평가의 테스트 정확도',
      name: '레이블 개수에 따른 선형 평가의 테스트 정확도, 로그 축.',
      hint: '화살표 키로 레이블 개수 사이를 이동하세요.',
      axis: '레이블이 있는 이미지',
      at: ({ labels }) => manyLabels(labels),
    },
    table: {
      fold: '이 결과를 표로 보기',
      label: '선형 평가의 결과',
      caption: ({ of, source }) => `칸: 테스트 이미지 ${whole(of)}장의 정확도와 95% 신뢰구간(%). 데이터: ${source}.`,
      labels: '레이블',
    },
    epochs: {
      fold: '에폭에 따른 변화',
      title: ({ labels }) => `에폭에 따른 변화, ${manyLabels(labels)}`,
      name: ({ labels }) => `사전 과제의 에폭에 따른 선형 평가의 테스트 정확도, ${manyLabels(labels)}.`,
      hint: '화살표 키로 평가 시점 사이를 이동하세요.',
      claim: ({ labels, first, last, from, to }) =>
        `${manyLabels(labels)}의 선형 평가 정확도는 ${from} ${percent(first)}, ${to} ${percent(last)}입니다.`,
      axis: '사전 과제의 에폭 (0: 학습하지 않음)',
      at: ({ epoch }) => (epoch === 0 ? '첫 스텝 전' : afterEpochs(epoch)),
    },

    run: ({ number, differences: found }) =>
      found.length === 0
        ? `실행 ${plain(number)}, 같은 설정`
        : `실행 ${plain(number)}: ${commas(
            found.map(({ code, value }) => /** @type {(of: any) => string} */ (DIFFERENCES[code])(value)),
          )}`,

    draws: {
      title: '레이블이 있는 이미지를 바꾸면 어떨까요?',
      asking: '다른 레이블 이미지로 선형 평가하는 중…',
      waits: '학습이 일시 정지되거나 끝나면 시작합니다.',
      single: ({ labels }) =>
        `이 데이터에서는 ${manyLabels(labels)}짜리 세트를 서로 겹치지 않게 두 개 만들 수 없습니다. 개수를 줄이세요.`,
      found: ({ labels, task, sets, won, code, difference, low, high, own, other }) => {
        const scatter = (/** @type {{ mean: number, deviation: number }} */ { mean, deviation }) =>
          `${percent(mean)} ± ${fixed(100 * deviation, 1)}`;
        const figures = `서로 겹치지 않는 ${manyLabels(labels)}짜리 세트 ${whole(sets)}개에서(평균 ± 표준편차) 선형 평가의 정확도는 ${named('pretext', task)}에서 ${scatter(own)}, ${named('untrained', task)}에서 ${scatter(other)}입니다.`;
        const average = `(세트에 대한 95% 신뢰구간 ${between({ low, high })})`;
        const reading = {
          ahead: `앞의 것이 ${whole(sets)}개 세트 중 ${whole(won)}개에서 앞서며, 평균 차이는 ${inPoints(difference)}입니다${average}.`,
          behind: `뒤의 것이 ${whole(sets)}개 세트 중 ${whole(sets - won)}개에서 앞서며, 평균 차이는 ${inPoints(-difference)}입니다(세트에 대한 95% 신뢰구간 ${between({ low: -high, high: -low })}).`,
          level: `앞의 것이 ${whole(sets)}개 세트 중 ${whole(won)}개에서 앞서지만 뚜렷한 차이는 없습니다. 평균 차이는 ${inPoints(difference)}입니다${average}.`,
        };
        return `${figures} ${reading[code]}`;
      },
    },

    small: {
      interval: ({ of, labels, source }) =>
        `<term interval>95% 신뢰구간(confidence interval)</term>은 레이블이 있는 이미지를 한 가지로(처음 ${whole(labels)}장) 고정하고 이 테스트 이미지 ${whole(of)}장에 대해 구한 것입니다. 레이블이 있는 이미지가 다르면 결과도 달라집니다. 데이터: ${source}.`,
      how: '측정 방법',
      what: '선형 평가는 표준화한 특징에 대한 릿지 회귀(ridge regression)이며 클래스마다 출력이 하나씩 있습니다. <term ridge>릿지 벌점(ridge penalty)</term>은 레이블이 있는 이미지에서 LOO 교차 검증(leave-one-out cross-validation)으로 정합니다. 정확한 해를 구하므로 스텝도 학습률도 없고, 결과가 옵티마이저(optimizer)의 성능에 좌우되지 않습니다.',
      live: ({ task, epoch, step }) =>
        epoch === 0
          ? `${TASKS[task].title}: ${steps(step)} 후 측정했으며, 학습하는 동안 계속 다시 측정합니다.`
          : `${TASKS[task].title}: ${manyEpochs(epoch)} ${steps(step)} 후 측정했으며, 학습하는 동안 계속 다시 측정합니다.`,
      last: ({ task, epochs }) => `${TASKS[task].title}: ${manyEpochs(epochs)} 학습이 끝난 뒤 측정했습니다.`,
      noSupervised: '지도학습 신경망은 사전 과제 다음에 학습하며, 학습이 끝나면 나타납니다.',
      supervised: ({ labels }) =>
        `점선: 지도학습 신경망은 선형 평가 전에 이미 ${manyLabels(labels)}에서 배웠습니다. 그보다 레이블이 적은 곳에서는 공정한 비교가 아닙니다.`,
    },
  },

  duel: {
    budget: {
      slider: '신경망마다 쓰는 레이블이 있는 이미지',
      again: '비교 다시 실행',
      hint: '레이블 개수, 에폭, 학습률을 바꾼 뒤 비교를 다시 실행하세요. 사전 과제로 학습한 신경망은 그대로 있습니다. 이 신경망은 레이블을 본 적이 없습니다.',
      all: ({ most }) => `이 데이터에는 레이블이 있는 이미지가 ${whole(most)}장뿐이므로 모두 씁니다.`,
    },
    story: {
      self_supervised: ({ task }) => `특징은 ${TASKS[task].noun} 과제에서 배웠고 고정되어 있습니다. 헤드만 학습합니다.`,
      random: '특징은 무작위 가중치에서 나오며 고정되어 있습니다. 헤드만 학습합니다.',
      supervised: ({ many }) => `레이블이 있는 이미지(${many})만으로 모든 가중치를 학습합니다.`,
    },
    curves: '세 신경망의 학습 곡선',
    training: '학습 중…',
    stoppedEarly: ({ epoch }) => `에폭 ${plain(epoch)} 후 조기 종료(early stopping)했습니다.`,
    note: ({ labels, all, few: [first, last], source }) =>
      last - first === all
        ? `테스트 정확도이며, 수염은 95% 신뢰구간입니다. 신경망마다 레이블이 있는 이미지 ${whole(labels)}장을 썼습니다. 데이터: ${source}.`
        : `테스트 정확도입니다. 먼저 테스트 이미지 ${whole(all)}장 전체, 다음은 실습 노트북이 쓰는 ${whole(last - first)}장(test[${plain(first)}:${plain(last)}])의 값입니다. 수염은 95% 신뢰구간입니다. 신경망마다 레이블이 있는 이미지 ${whole(labels)}장을 썼습니다. 데이터: ${source}.`,
    stands: ({ task, epochs: count, loss, guess, rate, scales, probe, still }) =>
      [
        still
          ? `<random>무작위 특징</random> 위의 헤드는 왜 거의 배우지 못할까요? ${manyEpochs(count)} 후 손실(loss)은 ${fixed(loss, 2)}이고, 열 개 클래스 중에서 무작위로 고를 때의 손실은 ln 10 = ${fixed(guess, 2)}입니다. 학습률(learning rate) ${plain(rate)}의 경사 하강법은 거의 시작도 하지 못했습니다.`
          : `<random>무작위 특징</random> 위의 헤드는 왜 이렇게 느리게 배울까요? ${manyEpochs(count)} 후 손실(loss)은 아직 0보다 무작위 추측(ln 10 = ${fixed(guess, 2)})에 더 가까운 값(${fixed(loss, 2)})입니다. 학습률(learning rate) ${plain(rate)}의 경사 하강법이 아직 끝나지 않은 것입니다.`,
        ...(scales
          ? [
              `무작위 특징은 평균 ${significant(scales.untrained, 2)}의 작은 수이고, ${TASKS[task].noun} 과제에서 배운 특징의 평균은 ${significant(scales.taught, 2)}입니다. 특징이 작으면 한 스텝도 작아집니다.`,
            ]
          : []),
        ...(probe
          ? [
              `그렇다고 특징이 나쁘다는 뜻은 아닙니다. 같은 특징을 ${manyLabels(probe.labels)}만으로 선형 평가하면 정확도는 ${withInterval(probe)}입니다.`,
            ]
          : ['그렇다고 특징이 나쁘다는 뜻은 아닙니다.']),
        '<rate>비교 학습률 0.03</rate> 또는 <pixels>원본 픽셀 값 0~255</pixels> 설정을 시험해 보세요.',
      ].join(' '),
    facts: {
      title: '학습 방법',
      label: '신경망마다의 학습 방법',
      run: '신경망',
      weights: '학습 대상',
      optimiser: '옵티마이저',
      rate: '학습률',
      batch: '배치',
      epochs: '에폭',
      patience: '조기 종료',
      learns: {
        pretext: '신경망 전체',
        self_supervised: ({ task }) => `헤드 (${TASKS[task].noun} 과제에서 배운 특징 위)`,
        random: '헤드 (무작위 특징 위)',
        supervised: '신경망 전체',
      },
      optimisers: { adam: 'Adam', sgd: 'SGD, 모멘텀 0.9' },
      epochsOf: ({ done, most }) => `${plain(done)}/${plain(most)}`,
      afterEpochs: ({ epochs: count }) => `학습 정확도가 ${manyEpochs(count)} 동안 나아지지 않으면`,
      never: '없음',
      note: ({ share }) =>
        `레이블이 있는 이미지의 마지막 ${percent(share, 0)}만큼은 검증(validation)용으로 따로 두고, 나머지는 에폭마다 섞습니다. <term stopping>조기 종료(early stopping)</term>하면 가장 좋았던 가중치가 아니라 마지막 에폭의 가중치를 씁니다. 여기의 신경망은 <term tuning>미세 조정(fine-tuning)</term>을 하지 않습니다.`,
    },
    interval: ({ low, high }) => fromTo(low, high),
    accuracy: ({ accuracy, count }) => `${whole(count)}장 중 <b>${percent(accuracy, 2)}</b>`,
    accuracyName: ({ accuracy, low, high, count }) =>
      `테스트 이미지 ${whole(count)}장의 정확도 ${percent(accuracy)}, 95% 신뢰구간 ${fromTo(low, high)}`,
    spread: ({ mean, deviation }) => `${percent(mean, 2)} ± ${fixed(100 * deviation, 2)}`,

    chart: {
      title: '레이블 개수에 따른 비교 신경망의 테스트 정확도',
      name: '레이블 개수에 따른 비교 신경망의 테스트 정확도, 로그 축.',
      hint: '화살표 키로 레이블 개수 사이를 이동하세요.',
      axis: '레이블이 있는 이미지',
      at: ({ labels }) => manyLabels(labels),
    },

    more: {
      title: '한 번의 실행은 운일 수 있습니다',
      intro:
        '시드(seed)가 다르면 가중치도 결과도 달라집니다. 비교를 반복하여 결과가 얼마나 달라지는지 보거나, 레이블 개수를 바꾸어 어느 신경망이 가장 적은 레이블로 충분한지 보세요. 두 번째 엔진이 실행하므로 현재 실행은 그대로 있습니다.',
      repeat: ({ first, last }) => (first === last ? `시드 ${first}에서 반복` : `시드 ${first}~${last}에서 반복`),
      sweep: '레이블 개수마다 실행',
      cancel: '취소',
      progress: '반복 실행의 진행',
      opening: '두 번째 엔진을 여는 중…',
      at: ({ seed, place, seeds, labels, run, epoch, epochs }) =>
        `시드 ${plain(seed)} (${plain(place)}/${plain(seeds)}) · ${manyLabels(labels)} · ${run}, 에폭 ${plain(epoch)}/${plain(epochs)}`,
      waits: '현재 실행이 끝나거나 일시 정지되면 시작합니다.',
      verdict: ({ rival, ahead, behind, level }) => {
        const at = (/** @type {number[]} */ labels) => `레이블 ${list(labels.map(whole))}개에서`;
        const parts = [
          ...(ahead.length > 0 ? [`${at(ahead)} 뚜렷하게 앞섭니다.`] : []),
          ...(behind.length > 0 ? [`${at(behind)} 뚜렷하게 뒤집니다.`] : []),
          ...(level.length > 0 ? [`${at(level)} 뚜렷한 차이가 없습니다.`] : []),
        ].join(' ');
        return rival === 'random'
          ? `<own>자기지도 헤드</own>를 <random>무작위 특징 위의 헤드</random>와 비교하면: ${parts}`
          : `<own>자기지도 헤드</own>를 <supervised>지도학습 신경망</supervised>과 비교하면: ${parts}`;
      },
      guessing: ({ labels }) =>
        `레이블 ${list(labels.map(whole))}개에서 무작위 특징 위의 헤드는 무작위 추측보다 거의 낫지 않았습니다. 이것은 특징보다는 학습 방법에 대해 말해 줍니다.`,
      verdictNote: ({ seeds }) =>
        seeds > 1
          ? '“뚜렷하게”는 시드들에 대한 평균 차이의 95% 신뢰구간이 0을 포함하지 않는다는 뜻입니다(스튜던트 t 분포). 레이블이 있는 이미지가 다르면 결과가 바뀔 수 있습니다.'
          : '“뚜렷하게”는 테스트 이미지에 대한 95% 신뢰구간이 0을 포함하지 않는다는 뜻입니다. 시드 하나의 결과이므로, 시드나 레이블이 있는 이미지가 다르면 결과도 달라집니다.',
    },

    readings: {
      title: ({ kind }) => `헷갈리는 ${KINDS[kind].many}`,
      arm: '신경망',
      scope: '테스트 이미지',
      scopes: {
        few: ({ count }) => `실습 노트북의 ${whole(count)}장`,
        full: ({ count }) => `전체 ${whole(count)}장`,
      },
      caption: (_) => '행: 정답. 열: 신경망의 답. 화살표 키로 칸을 이동하고, Enter 키로 칸의 이미지를 엽니다.',
      corner: '행: 정답, 열: 예측',
      cell: ({ count, of, truth, said }) =>
        truth === said
          ? `정답 ${truth}, 예측 ${said}, 맞힘: ${whole(of)}장 중 ${whole(count)}장`
          : `정답 ${truth}, 예측 ${said}: ${whole(of)}장 중 ${whole(count)}장`,
      untested: ({ arm }) => `${arm}: 아직 테스트하지 않았습니다. 이 신경망의 학습이 끝나면 표가 나타납니다.`,
      diverged: '학습이 발산했습니다. 가중치가 유한한 값이 아니어서 보여 줄 것이 없습니다.',
      found: ({ right, count, share, source, mixed }) =>
        `정확도 ${withInterval(share)}: 테스트 이미지 ${whole(count)}장 중 ${whole(right)}장을 맞혔습니다. ${mixedUp(mixed)} 행: 정답. 열: 신경망의 답. 데이터: ${source}.`,
      press: (_) =>
        '이 <term confusion>혼동 행렬(confusion matrix)</term>의 칸을 누르면 그 이미지들이 나옵니다. 이미지를 누르면 페이지 전체에서 그 이미지를 씁니다.',
      rightTitle: ({ said }) => `${said}, 바르게 인식함`,
      wrongTitle: ({ truth, said }) => `정답은 ${truth}, 예측은 ${said}`,
      close: '닫기',
      looking: '신경망이 이 이미지들을 다시 보고 있습니다…',
      count: ({ count, shown }) =>
        count === 0
          ? '그런 테스트 이미지는 없습니다.'
          : shown < count
            ? `${whole(count)}장 중 가장 확신한 ${whole(shown)}장입니다. 하나를 누르면 페이지 전체에서 그 이미지를 씁니다.`
            : `${whole(count)}장, 가장 확신한 것부터입니다. 하나를 누르면 페이지 전체에서 그 이미지를 씁니다.`,
      image: ({ index, name }) => `테스트 이미지 ${plain(index)}, ${name}:`,
      says: ({ name, sure }) => `<b>${name}</b>, ${percent(sure, 0)}`,
      more: '더 보기',

      chosenTitle: ({ one }) => `선택한 ${one} 한 장과 열 개의 확률`,
      chosenSet: '선택한 이미지의 세트',
      chosenNumber: '선택한 이미지의 번호',
      back: '이전 이미지',
      onward: '다음 이미지',
      notebookImage: '실습 노트북의 이미지',
      chosenImage: ({ set, index }) => `${SETS[set]} 이미지 ${plain(index)}`,
      verdict: ({ set, index, label, said, right }) =>
        `예측: ${said}. ${SETS[set]} 이미지 ${plain(index)}의 레이블: ${label}. 예측이 ${right ? '맞았습니다' : '틀렸습니다'}.`,
      roles: {
        pretext: '사전 과제가 이 이미지로 학습합니다. 이 이미지의 레이블을 본 신경망은 없습니다.',
        trained: '비교하는 세 신경망이 이 이미지와 레이블로 학습했으므로 공정한 테스트가 아닙니다.',
        validation:
          '이 이미지는 검증(validation)용으로 따로 둔 5분의 1에 속합니다. 에폭마다 확인하지만, 이 이미지로 학습하는 가중치는 없습니다.',
        unused: '이 실행은 이 이미지로 학습하지 않습니다.',
        test: '이 이미지는 실습 노트북의 테스트 이미지입니다. 이 이미지로 학습하는 신경망은 없습니다.',
        setAside: '이 이미지는 실습 노트북이 쓰지 않는 테스트 이미지입니다. 이 이미지로 학습하는 신경망은 없습니다.',
      },
    },

    summary: {
      label: '평균과 표준편차',
      caption: ({ full, few, data }) =>
        few === null
          ? `이미지 ${whole(full)}장의 테스트 정확도: 시드에 대한 평균 ± 표준편차(%). 데이터: ${data}.`
          : `테스트 정확도: 시드에 대한 평균 ± 표준편차(%). 칸마다 먼저 이미지 ${whole(full)}장, 다음은 실습 노트북이 쓰는 ${whole(few)}장의 값입니다. 데이터: ${data}.`,
      labels: '레이블',
      seeds: '시드',
    },

    runs: {
      none: '끝난 실행이 여기에 나타납니다.',
      label: '실행 기록표',
      caption:
        '이 브라우저에 저장된, 끝난 실행들입니다. 정확도는 테스트 세트 전체에 대한 값입니다. 에폭: 사전 과제, 그다음 비교하는 세 신경망.',
      columns: {
        time: '실행',
        seed: '시드',
        data: '데이터',
        preset: '픽셀 값',
        task: '사전 과제',
        labels: '레이블',
        rotation: '사전 과제',
        epochs: '에폭',
        signature: '서명',
        remove: '삭제',
      },
      presets: { unit: '0~1', notebook: '0~255' },
      epochs: ({ rotation, arms }) => `${rotation} + ${commas(arms.map(String))}`,
      remove: ({ run }) => `실행 ${run} 삭제`,
    },
  },

  draw: {
    pad: {
      empty: '그림판, 비어 있음',
      full: '그림판, 그림 있음',
      hint: ({ one }) => `여기에 ${one} 그리기`,
      keys: ({ one }) =>
        `마우스, 손가락, 펜으로 그리세요. 0~9 키는 테스트 이미지(${one})를 불러오고, Backspace 키는 마지막 획을 지우고, Delete 키는 그림판을 비웁니다.`,
      undo: '되돌리기',
      clear: '지우기',
      brush: '붓',
      onPaper: '그린 것이 없습니다.',
    },
    turns: ['바로', '왼쪽으로 회전', '거꾸로', '오른쪽으로 회전'],
    untrained: '아직 아무것도 학습하지 않아, 무작위 가중치의 추측입니다.',
    likeliest: ({ title, variant, sure, answers }) =>
      `${title}: 답 ${plain(answers)}개 중 가장 그럴듯한 답은 “${variant}”, 확률 ${percent(sure, 0)}입니다.`,
    dialOnly: ({ task }) =>
      `다이얼은 인식하는 신경망들을 위해 그림을 회전합니다. 각도마다의 답은 사전 과제가 회전일 때만 표시됩니다. 이 실행의 사전 과제: ${task}.`,
    samples: {
      label: ({ one }) => `또는 테스트 이미지(${one}) 사용`,
      title: ({ one }) => `또는 테스트 이미지(${one}) 사용`,
      one: ({ one, name }) => `테스트 이미지: ${one} ${name}`,
    },
    seen: {
      name: '신경망이 보는 것, 28×28픽셀',
      nothing: '아직 그린 것이 없습니다',
      drawn: '신경망이 보는 것: 28×28픽셀, MNIST처럼 가운데로 맞춤.',
      sample: ({ index, source }) => `신경망이 보는 것: 28×28픽셀, 테스트 이미지 ${index}. 데이터: ${source}.`,
      turned: ({ turned }) => `다이얼로 회전: ${turned}.`,
    },
    keep: {
      title: '내 세트에 저장',
      group: '저장할 그림의 종류',
      as: '종류:',
      one: ({ name }) => `그림 저장: ${name}`,
      kept: ({ name, count }) => `저장했습니다(${name}). 내 세트의 그림은 이제 ${whole(count)}장입니다.`,
    },

    dial: {
      title: '회전하기',
      name: '그림 회전',
      left: '왼쪽 90°',
      upright: '바로',
      right: '오른쪽 90°',
    },
    turned: {
      upright: '바로',
      upsideDown: '거꾸로',
      left: ({ degrees }) => `왼쪽 ${plain(degrees)}°`,
      right: ({ degrees }) => `오른쪽 ${plain(degrees)}°`,
    },
    opinions: {
      title: '그림이 회전할 때 회전 신경망의 답',
      name: '각도(반시계 방향)에 따른 가장 그럴듯한 답:',
      nothing: '아직 그린 것이 없습니다',
      hint: '화살표 키로 값 사이를 이동하세요.',
      leading: (stretches) =>
        commas(stretches.map(({ angle, from, to }) => `${plain(from)}°부터 ${plain(to)}°까지 ${plain(angle)}°`)),
      at: ({ turned, answers }) =>
        `${turned}: ${commas(answers.map(({ angle, share }) => `${angle}° ${percent(share)}`))}`,
      axis: ['180°', '왼쪽 90°', '바로', '오른쪽 90°', '180°'],
      note: (_) =>
        '완벽한 신경망이라면 점선마다 같은 모양의 언덕 네 개를 그릴 것입니다. 하지만 이 신경망은 90도 단위의 회전만 배웠습니다. 그 사이에서는 추측해야 하고, 거꾸로 보아도 같아 보이는 것도 있습니다.',
      table: '이 값을 표로 보기',
      label: '각도에 따른 답',
      turned: '그림의 회전',
      says: ({ angle }) => `답 ${angle}°`,
    },

    nearest: {
      title: '가장 비슷한 학습 이미지',
      spaces: {
        trained: ({ task }) => `${TASKS[task].noun} 과제로 배운 특징 기준`,
        random: () => '무작위 특징 기준',
        pixels: () => '원본 픽셀 기준',
      },
      image: ({ index }) => `학습 이미지 ${index}`,
      nothing: '먼저 무엇이든 그려 보세요.',
      note: ({ count, source }) =>
        `사전 과제의 이미지 ${count}장 중에서 고른 것으로, 각 이미지의 레이블(사전 과제는 보지 않음)과 코사인 거리(cosine distance, 0: 같은 방향, 1: 공통점 없음)를 함께 보여 줍니다. 데이터: ${source}.`,
    },

    mine: {
      title: ({ many }) => `내 ${many}`,
      invitation: ({ one }) =>
        `그림판에 그린 다음 어떤 ${one}인지 고르세요. 다이얼과 상관없이 바로 선 상태로, 이 브라우저에만 저장됩니다. 내 세트로 신경망을 내 글씨로 테스트하거나 학습시킬 수 있습니다.`,
      kept: ({ all, each }) =>
        `${whole(all)}장 저장됨 (${commas(each.map(({ name, count }) => `${name} × ${count}`))}).`,
      image: ({ one, number, name }) => `내 ${one} ${number}: ${name}`,
      remove: ({ one, number, name }) => `내 ${one} ${number} 삭제: ${name}`,
      save: 'IDX 파일로 저장',
      images: '내 이미지',
      labels: '내 레이블',
      removeAll: '모두 삭제',

      network: '신경망',
      right: '맞힘',
      rightOf: ({ right, count }) => `${whole(right)}/${whole(count)}`,
      accuracy: ({ many }) => `내 ${many} 정확도`,
      interval: '95% 신뢰구간',
      fromTo: ({ low, high }) => fromTo(low, high),
      trainedOn: '신경망이 이 중 일부로 학습했으므로 더는 테스트가 아닙니다.',
      neverSeen: '신경망이 한 번도 본 적이 없으므로 진짜 테스트입니다.',

      train:
        '<b>이 그림으로 학습하기.</b> 레이블이 있는 첫 이미지들을 대신하므로, 레이블이 있는 이미지의 수는 그대로입니다. 마지막 5분의 1은 여전히 검증(validation)에 씁니다. 사전 과제는 이 그림을 보지 않습니다. 이런 실행은 더 이상 실습 노트북의 실험이 아닙니다.',
      with: '이 그림을 넣어 처음부터 다시',
      withChanged: '지금의 세트로 처음부터 다시',
      without: '이 그림 없이 처음부터 다시',
      fixed: '수업에서 정한 값입니다.',
      givenUp: '현재 실행은 버려집니다.',
      inUse: ({ source }) =>
        `사용 중: ${source}. 네이티브 프로그램은 다음 네 파일이 있는 폴더로 이 실행을 재현할 수 있습니다:`,
      files: {
        trainImages: '학습 이미지',
        trainLabels: '학습 레이블',
        testImages: '테스트 이미지',
        testLabels: '테스트 레이블',
      },
    },
  },

  map: {
    weights: { label: '특징', trained: '학습함', random: '무작위', both: '나란히' },
    methods: { label: '축', pca: '가장 넓게 퍼진 방향 (PCA)', lda: '가장 잘 나뉘는 방향 (LDA)' },
    titles: {
      trained: ({ task }) => `${TASKS[task].noun} 과제로 배운 특징`,
      random: (_) => '무작위 특징',
    },
    figures: {
      pca: ({ count, many, kin, held }) =>
        `테스트 ${many} ${whole(count)}개 · 같은 종류가 이웃인 비율 ${percent(kin, 0)} · 퍼짐의 ${percent(held, 0)} 표시`,
      lda: ({ count, many, kin, held }) =>
        `테스트 ${many} ${whole(count)}개 · 같은 종류가 이웃인 비율 ${percent(kin, 0)} · 종류 사이 차이의 ${percent(held, 0)} 표시`,
    },

    name: ({ count, many, names, title }) => `테스트 ${many} ${whole(count)}개(${commas(names)})의 분포도. ${title}`,
    noMap: ({ title }) => `${title}: 아직 분포도가 없습니다`,
    keys: '화살표 키로 점 사이를 이동하고, + 키와 - 키로 확대하거나 축소하고, Shift와 화살표 키로 분포도를 옮기고, 0 키로 전체를 봅니다.',
    image: ({ name }) => `${name}의 테스트 이미지`,
    tip: ({ name, index }) => `${name} · ${index}번`,
    at: ({ name, index }) => `${name}, 테스트 이미지 ${index}`,
    drawing: '내 그림',

    look: '확대와 축소',
    closer: '확대',
    farther: '축소',
    whole: '전체 보기',
    byMouse: '끌어서 분포도를 옮기고, Ctrl과 휠로 확대합니다. 화살표 키로 점 사이를 이동합니다.',
    byFinger: '두 손가락으로 확대한 뒤 끌어서 옮기세요. 점을 누르면 이미지가 보입니다.',

    play: '학습 다시 보기',
    stop: '중지',
    moment: '학습 시점',
    now: '지금',
    nowOnly: '지금 (학습한 뒤 되감기)',
    moments: {
      first: (_) => '첫 스텝 전',
      step: ({ step }) => `스텝 ${step} 후`,
      epochs: ({ epochs }) => afterEpochs(epochs),
    },
    momentsOfTask: {
      first: ({ task }) => `${TASKS[task].noun} 과제의 첫 스텝 전`,
      step: ({ task, step }) => `${TASKS[task].noun} 과제의 스텝 ${step} 후`,
      epochs: ({ task, epochs }) => `${TASKS[task].noun} 과제의 ${afterEpochs(epochs)}`,
    },

    seen: {
      untrained: ({ count, many, untrained }) =>
        `학습하지 않는 <random>무작위 특징</random>의 분포도에서는 ${many} ${whole(count)}개 중 ${percent(untrained, 1)}의 가장 가까운 점이 같은 종류입니다.`,
      same: ({ count, many, untrained, now, at }) =>
        `${AT[at]} ${many} ${whole(count)}개 중 ${percent(now, 1)}의 가장 가까운 점이 같은 종류입니다. 학습하지 않는 <random>무작위 특징</random>에서는 ${percent(untrained, 1)}입니다.`,
      ahead: (figures) =>
        `이 분포도에서는 학습 전보다 같은 종류(${figures.many})끼리 더 자주 이웃합니다. ${kinFigures(figures)}`,
      behind: (figures) =>
        `이 분포도에서는 학습 전보다 같은 종류(${figures.many})끼리 덜 자주 이웃합니다. ${kinFigures(figures)}`,
      level: (figures) =>
        `이 분포도에서는 학습 전과 비슷하게 같은 종류(${figures.many})끼리 이웃합니다. 뚜렷한 차이는 없습니다. ${kinFigures(figures)}`,
    },

    read: {
      title: '분포도 읽는 법',
      lda: ({ fitted, many }) =>
        `축은 선형 판별 분석(LDA)으로, 레이블이 있는 학습 이미지 ${whole(fitted)}장에서 구합니다. 비교에서 쓰는 레이블 개수와 상관없이 데이터의 레이블이 있는 부분 전체입니다. 분포도의 테스트 이미지(${many})는 축을 구하는 데 쓰지 않습니다.`,
      pca: ({ many }) =>
        `축은 주성분 분석(PCA)으로 구한, 이 테스트 이미지(${many})의 특징이 가장 넓게 퍼지는 두 방향입니다. 레이블은 쓰지 않습니다.`,
      laid: '서로 비교할 수 있도록 각 분포도를 회전하고 뒤집고 크기를 바꾸어 학습 전의 분포도와 최대한 맞춥니다.',
    },
    data: ({ source }) => `데이터: ${source}.`,

    table: {
      title: '이 점들을 표로 보기',
      rows: '표의 행',
      earlier: '이전 행',
      later: '다음 행',
      at: ({ first, last, of }) => `${whole(of)}행 중 ${whole(first)}~${whole(last)}행`,
      label: ({ title }) => `점, ${title}`,
      caption: ({ title, first, second }) =>
        `${title}: 두 축에서의 위치. 두 축이 차지하는 비율은 ${percent(first)}, ${percent(second)}입니다`,
      image: '테스트 이미지',
      class: ({ one }) => one,
      x: '첫째 축',
      y: '둘째 축',
    },
  },

  inside: {
    network: '신경망',
    layers: {
      title: ({ all, trainable, frozen }) =>
        `층(layer): 파라미터 ${whole(all)}개, 학습 ${whole(trainable)}개, 고정(frozen) ${whole(frozen)}개`,
      label: '층의 표',
      name: '층',
      kind: '하는 일',
      output: '출력',
      parameters: '파라미터',
      state: '상태',
      trained: '학습',
      frozen: '고정',
      total: '합계',
      states: ({ trainable, frozen }) => `학습 ${whole(trainable)}, 고정 ${whole(frozen)}`,
    },

    kernels: {
      title: ({ network }) => `첫 번째 층의 커널(kernel): ${network}`,
      name: '3×3 가중치로 된 커널 64개. 화살표 키로 가중치 사이를 이동하세요.',
      intro: '커널 64개는 저마다 3×3 가중치를 가지며, 밝고 어두운 작은 무늬 하나를 찾습니다.',
      notes: {
        rotnet: '무작위 값에서 시작하여 사전 과제를 학습하는 동안 바뀝니다.',
        self_supervised: '회전 신경망에서 복사하여 고정한 것입니다.',
        random: '무작위 값 그대로입니다. 이 신경망은 커널을 학습하지 않습니다.',
        supervised: ({ many }) => `지도학습 신경망이 레이블이 있는 이미지(${many})로 학습하는 동안 바뀝니다.`,
      },
      at: ({ map, row, column, value }) => `커널 ${map}, ${row}행 ${column}열: ${value}`,
      hint: '가중치를 가리키면 값이 보입니다.',
    },
    noCell: '선택한 칸 없음',

    activations: {
      title: ({ one, network }) => `이미지(${one})에 대한 신경망의 반응: ${network}`,
      source: '이미지',
      chosen: ({ one }) => `선택한 ${one}`,
      drawing: '내 그림',
      turn: '회전',
      upright: '바로',
      turned: ({ degrees }) => `${plain(degrees)}° 회전`,
      image: {
        drawing: '내 그림',
        test: ({ index, name }) => `테스트 이미지 ${index} (${name})`,
        train: ({ index, name }) => `학습 이미지 ${index} (${name})`,
      },
      turnedImage: ({ what, degrees }) => `${what}, 반시계 방향으로 ${plain(degrees)}도 회전`,
      nothing: ({ one }) => `아직 그린 것이 없습니다. <a>${one} 그리기</a>에서 그린 다음 돌아오세요.`,
      waiting: '이미지를 기다리는 중…',
      colours:
        '바로 선 이미지와 회전한 이미지에 같은 색을 쓰므로 서로 비교할 수 있습니다. 색이 없는 맵은 그 유닛(unit)이 이 이미지에 반응하지 않는다는 뜻입니다.',
      pick: '칸을 누르거나 칸에서 Enter 키를 누르면 그 값을 어떻게 계산하는지 아래 카드에 나옵니다.',
      drawn: ({ what }) => `${what}.`,
      shown: ({ what, source }) => `${what}. 데이터: ${source}.`,
      data: ({ source }) => `데이터: ${source}.`,
      at: ({ map, row, column, value }) => `맵 ${map}, ${row}행 ${column}열: ${value}`,
      stage1: { title: 'conv1, ReLU, 풀링 다음', shape: '7×7 특징 맵(feature map) 64개' },
      stage2: { title: 'conv2, ReLU, 풀링 다음', shape: '3×3 특징 맵(feature map) 32개: 특징 288개' },
      nameUpright: ({ stage }) => `${stage}, 바로. 화살표 키로 칸 사이를 이동하세요.`,
      nameTurned: ({ stage, degrees }) =>
        `${stage}, 반시계 방향으로 ${plain(degrees)}도 회전. 화살표 키로 칸 사이를 이동하세요.`,
    },

    unit: {
      title: ({ network }) => `유닛(unit) 하나를 숫자로 보기: ${network}`,
      intro:
        '합성곱(convolution)은 곱하고 더할 뿐입니다. 위의 맵에서 유닛을 고르거나 여기 작은 맵에서 옮겨 보세요. 모든 숫자는 지금 이 신경망의 값입니다.',
      layer: '층',
      image: '이미지',
      map: '맵',
      previous: '이전 맵',
      next: '다음 맵',
      input: '입력 이미지',
      inputOf: ({ channel }) => `입력, 채널 ${channel}`,
      window: ({ row, column }) =>
        `윈도는 ${row}행 ${column}열에서 시작합니다. 점선 테두리는 풀링이 고르는 값들이 보는 전체 영역입니다.`,
      output: ({ map }) => `풀링 다음의 맵 ${map}`,
      outputName: ({ map }) => `풀링 다음의 맵 ${map}. 화살표 키로 유닛을 고르세요.`,
      unitAt: ({ row, column, value }) => `${row}행 ${column}열: ${value}`,
      products: '입력마다 가중치를 곱합니다',
      windowCaption: '윈도(window)',
      kernelCaption: '커널(kernel)',
      productCaption: '곱',
      part: ({ map, sum }) => `커널 ${map}에서 곱의 합: ${sum}`,
      partOf: ({ channel, map, sum }) => `채널 ${channel}, 커널 ${map}에서 곱의 합: ${sum}`,
      edge: '점선 테두리의 칸은 가장자리 밖이며 0으로 계산합니다.',
      channels: ({ count }) => `채널 ${count}개에서 똑같이 계산합니다`,
      channelsName: ({ count }) => `채널 ${count}개의 합. 화살표 키로 윈도를 볼 채널을 고르세요.`,
      channelAt: ({ channel, sum }) => `채널 ${channel}: ${sum}`,
      all: ({ count, sum }) => `채널 ${count}개를 모두 더한 값: ${sum}`,
      sumTitle: '편향(bias)을 더하고, ReLU는 음수를 0으로 바꿉니다',
      sum: ({ products, bias, sum }) => `${products} + 편향 (${bias}) = ${sum}`,
      relu: ({ sum, value }) => `ReLU를 거친 값: max(0, ${sum}) = ${value}`,
      poolTitle: ({ side }) => `풀링(pooling)은 이런 값 ${side}×${side}개 가운데 가장 큰 값을 남깁니다`,
      poolCaption: '풀링이 고르는 값들. 버튼을 누르면 그 값을 어떻게 계산하는지 보입니다.',
      wins: ({ value }) => `${value} ✓`,
      kept: ({ value }) => `남는 값 ${value}, 이것이 이 유닛의 값입니다.`,
      silent: '모두 0입니다. 이 유닛은 여기에 반응하지 않습니다.',
      engine: ({ value }) => `엔진이 계산한 이 유닛의 값: ${value}. 소수점 아래 세 자리까지 표시합니다.`,
    },
  },

  data: {
    drop: '28×28 이미지의 IDX 파일과 레이블 파일을 여기에 놓으세요',

    legend: '데이터',
    sources: {
      generated: { title: '내장 숫자', text: '프로그램이 그린 숫자, 최대 11,000장' },
      mnist: { title: 'MNIST', text: '실제 손글씨 숫자, 대표적인 데이터 세트' },
      own: {
        title: '내 파일',
        text: '이미지(28×28)와 레이블의 IDX 파일, .gz도 가능: Fashion-MNIST, KMNIST, EMNIST 또는 직접 만든 것',
      },
    },
    notHere: '이 서버에 없음',
    summary: ({ task, pretext, labelled, test }) =>
      `<source/>: ${TASKS[task].noun} 과제용 이미지 ${whole(pretext)}장, 레이블이 있는 이미지 ${whole(labelled)}장, 테스트 이미지 ${whole(test)}장.`,

    choose: '이미지 파일과 레이블 파일을 이 페이지 아무 곳에나 놓거나 여기에서 선택하세요',
    transpose: '행과 열 바꾸기 (EMNIST는 바뀐 채 저장되어 있음)',
    classesAre: '클래스가 나타내는 것',
    filesRefused: ({ problem }) => `${problem}.`,
    onlyKnown: '레이블 0~9만 사용',
    filesKept: {
      kept: ({ bytes }) => `새로 고친 뒤에도 실행을 이어 갈 수 있도록 이 브라우저에 저장했습니다(${megabytes(bytes)}).`,
      tooMuch: ({ bytes }) =>
        `파일이 너무 커서(${megabytes(bytes)}) 이 브라우저에 저장할 수 없습니다. 새로 고치면 페이지가 다시 요청합니다.`,
      notSecure: () =>
        '이 주소는 안전하지 않아(https 아님) 파일을 저장하지 않습니다. 새로 고치면 페이지가 다시 요청합니다.',
      notKept: () => '이 브라우저는 파일을 저장하지 않습니다. 새로 고치면 페이지가 다시 요청합니다.',
      forgotten: () => '이 브라우저에서 삭제했습니다.',
      notForgotten: () => '이 브라우저에서는 페이지가 파일을 삭제할 수 없습니다.',
    },
    forget: '저장하지 않기',

    shapes: {
      title: '실습 노트북이 출력하는 데이터 분할과 모양',
      array: '배열',
      slice: '범위',
      shape: '모양',
      use: '용도',
      noName: '테스트 세트 전체',
      uses: {
        pretext: '사전 과제용 이미지',
        pretextLabels: '그 레이블, 어떤 신경망도 보지 않음',
        labelled: '비교하는 세 신경망용 이미지',
        labels: '그 레이블, 마지막 5분의 1은 검증용',
        setAside: '실습 노트북은 쓰지 않음, 테스트 세트 전체에는 포함',
        test: '실습 노트북의 테스트 이미지',
        changed: 'x_train의 이미지를 과제의 모든 형태로 변형한 것, 엔진이 읽으면서 변형하며 복사본을 만들지 않음',
        answers: '이미지마다의 정답',
        turned: 'x_train의 이미지를 네 방향으로 회전한 것, 엔진이 읽으면서 회전하며 복사본을 만들지 않음',
        turns: '이미지마다의 회전',
        whole: '페이지는 이 전체로 테스트',
      },
      ofFew: ({ count, first, last, all, example, few, many }) =>
        `“${whole(count)}장 중”이라고 적힌 정확도는 실습 노트북의 값으로, test[${plain(first)}:${plain(last)}]만 테스트합니다. 정확도가 ${percent(example, 0)}일 때 95% 신뢰구간은 약 ±${fixed(100 * few, 1)}%p여서 신경망 사이의 차이 대부분보다 큽니다. 테스트 이미지 ${whole(all)}장 전체에서는 약 ±${fixed(100 * many, 1)}%p입니다. 그래서 페이지는 전체를 테스트하고 그 결과를 먼저 보여 줍니다.`,
      ofAll: ({ count }) =>
        `실습 노트북은 test[300:600], 즉 300장으로 테스트합니다. 이 데이터에는 테스트 이미지가 ${whole(count)}장뿐이므로 모두 씁니다.`,
    },

    whichSet: '이미지 세트',
    sets: { train: '학습', test: '테스트' },
    otherExamples: '다른 예 보기',
    classes: '데이터의 클래스',
    className: '클래스',
    images: '이미지',
    share: '비율',
    mean: '평균',
    examples: '예',
    meanOf: ({ name }) => `클래스 ${name}의 평균`,
    examplesOf: ({ count, set, name }) => `클래스 ${name}의 ${SETS[set]} 이미지 ${whole(count)}장`,
    origin: ({ source }) => `데이터: ${source}.`,
    measured: ({ count, set }) => `평균 이미지와 픽셀 통계는 ${SETS[set]} 이미지 ${whole(count)}장에 대한 것입니다.`,

    greys: '밝기 값',
    greysTitle: ({ blank, mean }) =>
      `픽셀의 <b>${percent(blank)}</b>에는 아무것도 없고(0), 밝기의 평균은 255 중 <b>${fixed(mean, 1)}</b>입니다. 차트는 비어 있지 않은 픽셀을 보여 줍니다.`,
    greysName: '밝기 값에 따른 전체 픽셀 중의 비율.',
    greysHint: '화살표 키로 값 사이를 이동하세요.',
    greyAxis: '밝기 값',
    greysTable: '밝기 값의 표',
    grey: '밝기',
    greyShare: '전체 픽셀 중의 비율',
  },

  speed: {
    noEngine: '실행 중인 엔진이 없습니다.',
    builds: {
      'threads-relaxed': '여러 스레드, relaxed SIMD',
      'threads-simd': '여러 스레드, SIMD',
      'single-relaxed': '스레드 하나, relaxed SIMD',
      'single-simd': '스레드 하나, SIMD',
    },
    engine: ({ title, threads: count, lanes, isa, fused, bytes }) =>
      fused
        ? `엔진 빌드: <b>${title}</b>. ${threads(count)}에서 실행되며 한 번에 수 ${whole(lanes)}개를 처리합니다(${isa}, 곱셈-덧셈 융합). 메모리: ${whole(bytes / 2 ** 20)}MB.`
        : `엔진 빌드: <b>${title}</b>. ${threads(count)}에서 실행되며 한 번에 수 ${whole(lanes)}개를 처리합니다(${isa}). 메모리: ${whole(bytes / 2 ** 20)}MB.`,
    why: {
      asked: '직접 선택한 빌드입니다.',
      fastest: '네 빌드 중 가장 빠르며, 이 브라우저에서 실행할 수 있습니다.',
      fastestHere: '네 빌드 중 여기에서 실행되는 가장 빠른 것입니다. 더 빠른 빌드가 실행되지 않는 이유:',
    },
    passed: '<build/>: <reason/>.',
    choose: '다른 빌드 선택',
    open: '엔진 다시 시작',
    kernel: {
      title: '여기서 실행되는 합성곱의 C++ 소스',
      layer: '층',
      note: ({ function: name }) =>
        `이 페이지의 엔진을 빌드한 파일 그대로입니다. 순전파(forward pass)가 시작하는 곳: <code>${name}</code>`,
      runs: ({ title, lanes, isa }) =>
        `빌드마다 한 번씩 컴파일합니다. 여기서 실행되는 빌드(${title}, ${isa})는 벡터 하나에 수 ${whole(lanes)}개를 담습니다. 곧 kLanes의 값: ${whole(lanes)}`,
    },

    threads: '스레드(thread)',
    oneThread: '이 엔진 빌드는 스레드가 하나입니다.',
    trainWith: ({ count, most }) => `학습에 쓸 스레드: ${whole(most)}개 중 <b>${whole(count)}개</b>`,
    threadsNote: '엔진이 다시 시작하여 하던 곳에서 이어 갑니다. 스레드 수와 상관없이 가중치는 같습니다.',
    measure: '속도 측정',
    cancel: '취소',
    measuring: ({ now, most }) => `스레드 ${whole(most)}개 중 ${whole(now)}개로 측정하는 중…`,
    measureNote: '스레드 수마다 1~2초 걸리며, 그동안 학습은 기다립니다.',
    chart: '스레드 수에 따른 속도 향상, 점선: 이상적인 경우',
    chartName: '스레드 수에 따른 속도 향상. 최신 값:',
    chartHint: '화살표 키로 값 사이를 이동하세요.',
    ideal: '이상적인 경우',
    threadCount: ({ count }) => threads(count),
    times: ({ factor, digits }) => `${fixed(factor, digits)}배`,
    claim: ({ count, factor }) =>
      count === 1
        ? '이 컴퓨터에서는 스레드 하나일 때 가장 빠릅니다.'
        : `이 컴퓨터에서는 ${threads(count)}일 때 가장 빠르며, 하나일 때의 ${fixed(factor, 1)}배입니다.`,
    table: '스레드 수마다 측정한 속도',
    imagesPerSecond: '초당 이미지',
    speedUp: '속도 향상',
    ofIdeal: '이상 대비',

    peers: ({ images, task }) =>
      task === 'turns'
        ? `회전 과제 한 에폭에 걸린 시간, 회전한 이미지 ${whole(images)}장`
        : `한 에폭에 걸린 시간, 변형한 이미지 ${whole(images)}장`,
    peersTable: '한 에폭에 걸린 시간(초)',
    program: '프로그램',
    seconds: '초',
    bar: '막대',
    here: ({ how }) => `이 컴퓨터의 이 페이지, ${HOW[how]}`,
    runs: {
      native: ({ program }) => `${program}, 네이티브`,
      page: ({ program, browser }) => `${program}, ${browser}`,
      webgl: ({ program, browser, form }) => `${program}, 소프트웨어 WebGL, ${FORM[form]}, ${browser}`,
      wasm: ({ program, browser, form }) => `${program}, WebAssembly, ${FORM[form]}, ${browser}`,
      plain: ({ program, browser, form }) => `${program}, JavaScript, ${FORM[form]}, ${browser}`,
    },
    measureToSee: '학습하거나 속도를 측정하면 이 컴퓨터의 값이 여기에 나타납니다.',
    peersNote: ({ measuredOn, machine, processors }) =>
      `다른 프로그램들은 ${month(measuredOn)}에, 그래픽 카드가 없는 서버(${machine})의 공유 코어 ${whole(processors)}개에서 같은 신경망과 배치로 실행했습니다. 기본 사용: 라이브러리 안내서대로 작성했습니다. 직접 최적화: 신경망의 층을 그 라이브러리의 가장 빠른 연산으로 직접 작성했습니다. 가장 느린 프로그램들은 일부 스텝만 재어 전체로 환산했습니다. 방문자의 컴퓨터는 더 빠르거나 느릴 수 있습니다. 막대는 로그 눈금입니다.`,

    reasons: '빠른 이유',
    multiplications: {
      title: '더 적은 곱셈',
      text: '위노그라드(Winograd) 방법은 3×3 합성곱(convolution)의 6×6 결과 전체를 채널 쌍마다 곱셈 324번 대신 64번으로 계산합니다.',
    },
    blank: {
      title: '빈 픽셀은 공짜',
      text: '숫자 이미지에서는 첫 번째 층이 보는 창의 절반 이상이 비어 있습니다. 그 결과는 미리 알 수 있으므로 엔진은 건너뜁니다. 결과는 정확히 같습니다.',
    },
    turned: {
      title: '회전한 복사본 없음',
      text: '엔진은 이미지를 회전한 복사본 네 장을 저장하지 않습니다. 같은 784바이트를 다른 순서로 읽습니다.',
    },
    changed: {
      title: '변형한 복사본 없음',
      text: '엔진은 이미지를 변형한 복사본을 저장하지 않습니다. 어떤 형태든 같은 784바이트를 다른 순서로 읽는 것입니다.',
    },
    agree: {
      title: '스레드 수와 상관없이 같은 결과',
      text: '스레드마다 배치(batch)의 정해진 부분을 통째로 맡고, 그 합은 하나의 고정된 순서로 더합니다. 그래서 스레드 한 개와 여덟 개의 가중치가 마지막 비트까지 같습니다.',
    },
    simd: {
      title: '한 번에 수 네 개',
      text: 'SIMD 명령은 한 번에 수 네 개를 계산합니다. relaxed SIMD는 브라우저가 지원하면 곱셈과 덧셈도 한 단계로 합니다.',
    },
  },

  keep: {
    signature: '서명(signature)',
    noSignature: '실행이 끝나면 나타납니다',
    signatureNote: ({ fused }) =>
      fused
        ? '서명은 모든 가중치와 모든 에폭의 지문입니다. 설정과 데이터가 같으면, 이 엔진처럼 곱셈-덧셈마다 한 번 반올림하는(fused) 모든 브라우저와 네이티브 프로그램에서 같은 서명이 나옵니다. 두 번 반올림하는 엔진의 서명은 다릅니다.'
        : '서명은 모든 가중치와 모든 에폭의 지문입니다. 설정과 데이터가 같으면, 이 엔진처럼 곱셈-덧셈마다 두 번 반올림하는(unfused) 모든 브라우저와 네이티브 프로그램에서 같은 서명이 나옵니다. 한 번 반올림하는 엔진의 서명은 다릅니다.',
    command: '터미널에서 같은 실행',
    copy: '복사',
    noCommand:
      '이 실행은 명령으로 재현할 수 없습니다. 학습 중에 학습률이나 연산 방식이 바뀌었거나, 데이터가 파일의 일부이거나 편집되었습니다.',

    here: '이 브라우저에',
    keptAt: ({ moment, bytes }) =>
      `${clock(moment)}에 저장함, ${whole(bytes / 1024)}KB: 가중치, 옵티마이저, 난수 상태, 곡선, 분포도의 스냅샷(snapshot).`,
    beingKept: '저장하는 중…',
    willKeep: '학습하는 동안 몇 초마다 실행을 여기에 저장합니다.',
    comesBack: '페이지를 닫거나 새로 고치면, 다음에 정확히 그 지점부터 계속할지 묻습니다.',

    link: '링크로',
    linkNote: ({ rounding }) =>
      rounding
        ? `링크에는 설정과 시드가 들어 있고 가중치는 없습니다. 링크를 열고 학습 시작을 누르면 누구나 이 실행을 반복하며, 이 엔진(${rounding})과 같은 방식으로 반올림하면 서명도 같습니다.`
        : '링크에는 설정과 시드가 들어 있고 가중치는 없습니다. 링크를 열고 학습 시작을 누르면 누구나 이 실행을 반복합니다.',
    notInLink: ({ missing }) =>
      `링크에 담을 수 없는 것이 있어 결과가 달라집니다: ${commas(missing.map((each) => LEFT[each]))}.`,
    copyLink: '링크 복사',

    files: '파일로',
    curves: '곡선, CSV',
    runs: '실행 기록표, CSV',
    everything: '전체, JSON',
    weights: '가중치, safetensors',
    network: '다른 프로그램에서 쓸 신경망',
    saveOnnx: 'ONNX로 저장',
    onnxNote: '입력은 0~255의 픽셀 값 [N, 28, 28, 1], 출력은 확률입니다. 값의 크기 조정도 포함되어 있습니다.',
    chart: '차트를 이미지로',
    savePng: 'PNG로 저장',
    chartName: ({ section, chart }) => `${section}: ${chart}`,
    chartPlace: ({ name, place }) => `${name} (${whole(place)})`,
    someChart: '차트',
    remarks: {
      altered: '저장했습니다. 이 브라우저는 지문 추적을 막기 위해 일부 픽셀을 조금 바꿉니다.',
    },
    print: '인쇄하거나 PDF로 저장',
    preparing: '모든 섹션을 준비하는 중…',
    printNote: '모든 섹션과, 차트와 그 표까지 페이지 전체를 인쇄합니다.',

    makeLesson: '수업용 링크 만들기…',
    lesson: '수업용 링크',
    lessonNote:
      '이 링크는 현재 설정과 학습하지 않은 신경망으로 페이지를 엽니다. 색상은 잠그지 않으면 학생이 고른 것을 따릅니다. 학생은 잠긴 컨트롤을 볼 수 있지만 바꿀 수 없고, 숨긴 것은 나타나지 않습니다. 그래도 주소를 고치는 학생은 둘 다 피할 수 있습니다.',
    control: '컨트롤',
    lock: '잠그기',
    hide: '숨기기',
    lockOf: ({ control }) => `${control} 잠그기`,
    hideOf: ({ control }) => `${control} 숨기기`,
    hideParts: '섹션 전체 숨기기',
    lessonLink: '링크',
    copyLesson: '수업용 링크 복사',
    close: '닫기',

    offer: '저장된 실행',
    offerTitle: ({ moment }) => `${time(moment)}의 실행이 여기에 저장되어 있습니다.`,
    stands: ({ run, share, seed, source }) => `${run}, ${percent(share, 0)} 진행 · 시드 ${seed} · ${source}`,
    finished: ({ seed, source }) => `끝남 · 시드 ${seed} · ${source}`,
    failed: ({ seed, source }) => `실패 · 시드 ${seed} · ${source}`,
    standsSomewhere: ({ seed, source }) => `시드 ${seed} · ${source}`,
    unusable: '이 실행은 계속할 수 없습니다. 페이지의 다른 버전이 저장했거나 손상되었습니다.',
    goOn: '실행 계속하기',
    startFresh: '처음부터 다시',
    filesWanted: '이 실행은 여기에 저장되지 않은 내 파일을 씁니다. 계속하려면 다시 선택하세요: <names/>',
  },

  offline: {
    newVersion: '페이지의 새 버전',
    isHere: '이 페이지의 새 버전이 있습니다.',
    wouldLose: '이 브라우저는 실행을 저장할 수 없어 페이지를 새로 고치면 잃게 됩니다.',
    keepsRun: '페이지를 새로 고치기 전에 실행을 저장합니다.',
    reload: '새로 고침',
    reloadAnyway: '그래도 새로 고침',
    later: '나중에',
  },

  errors: {
    engine: ({ text }) => text,

    // IDX files
    unknownLabels: ({ name, label, known, count }) =>
      known > 0
        ? `${name}: 레이블 ${plain(label)} 값이 있지만 신경망은 0부터 9까지 열 개 클래스만 압니다. 이미지 ${whole(count)}장 중 ${whole(known)}장의 레이블만 여기에 속합니다`
        : `${name}: 레이블 ${plain(label)} 값이 있지만 신경망은 0부터 9까지 열 개 클래스만 압니다. 그런 레이블이 있는 이미지가 없으므로 먼저 레이블을 바꾸세요`,
    damagedGzip: ({ name }) => `${name}: gzip 데이터가 손상되었습니다. 파일을 다시 내려받으세요`,
    tooLarge: ({ name, most }) => `${name}: 압축을 풀면 ${whole(most)}바이트를 넘습니다. 더 작은 파일을 쓰세요`,
    emptyFile: ({ name }) => `${name}: 파일이 비어 있습니다. 다시 내려받으세요`,
    headerCut: ({ name }) => `${name}: 파일이 헤더 안에서 끝납니다. 다시 내려받으세요`,
    wrongSide: ({ name, rows, columns }) =>
      `${name}: 이미지의 크기가 ${whole(rows)}×${whole(columns)}입니다. 28×28 이미지를 쓰세요`,
    noItems: ({ name, kind }) => `${name}: 담긴 것이 없습니다(${ITEMS[kind]} 0개). 다른 파일을 쓰세요`,
    cutShort: ({ name, kind, count, there }) =>
      `${name}: 파일이 불완전합니다. 헤더에 적힌 ${ITEMS[kind]} 수는 ${whole(count)}개인데 ${whole(there)}개만 있습니다. 다시 내려받으세요`,
    tooLong: ({ name, kind, count, extra }) =>
      `${name}: ${ITEMS[kind]} ${whole(count)}개에 필요한 것보다 ${whole(extra)}바이트가 더 있습니다. 다시 내려받으세요`,
    zipArchive: ({ name }) => `${name}: zip 압축 파일입니다. 압축을 풀고 안에 있는 파일을 선택하세요`,
    otherType: ({ name, type }) =>
      `${name}: 원소 형식이 다릅니다(${TYPES[type]}). 페이지는 부호 없는 바이트만 읽으므로 파일을 변환하세요`,
    notIdx: ({ name }) =>
      `${name}: 8비트 이미지나 레이블의 IDX 파일이 아닙니다. train-images-idx3-ubyte.gz와 같은 파일을 선택하세요`,
    noPair: ({ imagesName, images, labelsName, labels }) =>
      `${imagesName}: 이미지 ${whole(images)}장, ${labelsName}: 레이블 ${whole(labels)}개. 짝이 맞는 파일을 선택하세요`,
    noImagesFile: '이미지 파일이 없습니다. 이미지 파일(…-idx3-ubyte)을 추가하세요',
    unpairedFiles: ({ images, labels }) =>
      `선택한 이미지 파일은 ${whole(images)}개, 레이블 파일은 ${whole(labels)}개입니다. 이미지 파일마다 레이블 파일을 하나씩 선택하세요`,
    tooManyFiles: ({ images }) =>
      `이미지 파일을 ${whole(images)}개 선택했습니다. 학습용 하나와, 필요하면 테스트용 하나만 선택하세요`,
    whichForTesting: '어느 파일이 테스트용입니까? 파일 이름에 “test”나 “t10k”를 넣으세요',
    notRead: ({ name }) => `${name}: 읽지 못했습니다. 폴더라면 안에 있는 파일을 선택하세요`,
    noFiles: '먼저 IDX 파일(이미지와 레이블)을 선택하세요',
    noMnist: '이 서버에는 MNIST가 없습니다. 내장 숫자나 내 파일을 선택하세요',
    filesLocked: '수업에서 데이터를 정했으므로 내 파일은 쓰이지 않습니다. 쓰려면 수업용 링크가 아닌 페이지를 여세요',
    notServed: ({ name, why }) => `${name}: ${why}. 내장 숫자를 선택하거나 다시 시도하세요`,
    answers: ({ status }) => `서버가 오류 코드 ${status}번을 보냈습니다`,
    noAnswerOfServer: '서버가 응답하지 않습니다',

    // Own digits
    digitsNotRead:
      '이 브라우저는 이 페이지의 것을 저장하지 않습니다(비공개 창일 수 있습니다). 내 숫자는 페이지를 닫을 때까지만 남아 있습니다.',
    digitsNotStored: '내 숫자를 저장하지 못했으며, 페이지를 닫을 때까지만 남아 있습니다. 저장 공간을 확보하세요.',
    setFull: ({ most }) => `내 세트가 가득 찼습니다(숫자 ${whole(most)}개). 먼저 일부를 삭제하세요`,

    // Kept runs and files to take away
    storageFull:
      '브라우저가 이 페이지에 준 저장 공간이 가득 차서 실행을 저장하지 못했습니다. 공간을 확보하거나 실행을 내보내세요.',
    storageRefused: ({ why }) =>
      `이 브라우저는 이 페이지의 것을 저장하지 않습니다(${why}). 실행은 탭을 닫을 때까지만 남아 있으니 필요한 것을 내보내세요.`,
    storageSilent: '저장소가 응답하지 않습니다',
    keptRunGone: '저장된 실행이 더는 없습니다',
    strangeFile: ({ name }) => `${name}: 필요한 파일이 아닙니다. 체크섬이 다릅니다.`,
    missingFiles: ({ names }) => `아직 없는 파일: ${names.join(', ')}.`,
    noEngine: '실행 중인 엔진이 없습니다. 먼저 엔진을 다시 시작하세요',
    noEpochs: '아직 에폭이 없습니다. 먼저 학습하세요',
    noRuns: '아직 끝난 실행이 없습니다. 먼저 학습하세요',
    noChart: '페이지에 아직 차트가 없습니다. 먼저 차트가 있는 곳까지 스크롤하세요',
    canvasHidden:
      '이 브라우저는 지문 추적을 막기 위해 페이지가 자기 차트를 읽지 못하게 하므로 이미지가 하얗거나 잡음이 됩니다. 이 페이지의 캔버스 읽기를 허용하거나 화면을 캡처하세요',
    noTensor: ({ name }) => `${name}: 엔진의 가중치에 이 텐서가 없습니다`,

    // The worker
    momentGone: '그 학습 시점은 더는 저장되어 있지 않습니다',
    dataChanged: '데이터가 바뀌었습니다',
    tooFewImages: '테스트 세트에 이 숫자들의 이미지가 두 장 미만입니다',
    tooFewClasses: '선형 판별 분석(LDA)은 클래스를 나누므로 숫자를 두 개 이상 선택하세요',
    engineCrashed: '엔진이 비정상 종료되었습니다',
    engineNotOpen: '엔진이 실행 중이 아닙니다',
    engineClosed: '엔진이 닫혔습니다',
    engineStopped: ({ why }) => `엔진이 멈추었습니다: ${why}`,
    workerUsed: '이 워커(worker)는 이미 엔진을 썼습니다',
    workerNotStarted: '워커(worker)를 시작하지 못했습니다',
    workerEnded: '브라우저가 워커(worker)를 종료했습니다',
    workerSilent: ({ seconds }) => `${whole(seconds)}초 동안 응답하지 않았습니다`,
    messageUnread: '메시지 하나를 읽지 못했습니다',
  },

  says,

  engine: {
    noBuild: ({ reasons, fixes }) => {
      const said = reasons.map(({ builds, why }) => (builds.length > 0 ? `${builds.join(', ')}: ${why}` : why));
      return `여기에서 실행되는 엔진 빌드가 없습니다: ${said.join('; ')}. 해결 방법: ${fixes.join('; ')}`;
    },
    notOpened: ({ reason }) => reason,
    noneRuns: '이 브라우저는 어느 빌드도 실행할 수 없습니다',
    failedToStart: ({ why }) => `시작하지 못했습니다: ${why}`,

    noSimd: '이 브라우저에는 WebAssembly SIMD가 없습니다',
    notSecure:
      '주소가 안전하지 않아(http이고 이 컴퓨터 자신이 아님) 브라우저가 공유 메모리를 주지 않습니다. https에서는 여러 스레드를 쓸 수 있습니다',
    framed: '페이지가 다른 페이지 안에 있어 브라우저가 공유 메모리를 주지 않습니다',
    notIsolated:
      '페이지가 교차 출처 격리(cross-origin isolation) 상태가 아니어서(서버가 COOP와 COEP 헤더를 보내지 않음) 공유 메모리가 없습니다',
    noThreads: '이 브라우저에는 WebAssembly 스레드가 없습니다',
    noRelaxedSimd: '이 브라우저에는 relaxed SIMD가 없습니다',

    noAnswer: ({ seconds }) => `${whole(seconds)}초 안에 응답하지 않았습니다`,
    freeMachine: '컴퓨터를 바쁘게 하는 프로그램을 닫은 뒤 엔진을 다시 시작하세요',
    chooseBest: '엔진 빌드로 “가능한 것 중 최선”을 선택하세요',
    startAgain: '엔진을 다시 시작하거나 페이지를 새로 고치세요',
    startAgainOrOther: '엔진을 다시 시작하거나 페이지를 새로 고치세요. 그래도 안 되면 다른 브라우저를 써 보세요',
    noMemory: ({ why }) => `메모리가 부족합니다(${why})`,
    makeRoom: '다른 탭이나 프로그램을 닫은 뒤 엔진을 다시 시작하세요',
    codeDamaged: ({ bytes }) => `엔진 코드(.wasm)가 손상되었거나 불완전합니다(${whole(bytes)}바이트)`,
    reloadOrCopy:
      '브라우저 캐시 없이 페이지를 새로 고치세요. 그래도 안 되면 파일을 바이너리 모드로 서버에 다시 복사하세요',
    codeCutOff: ({ why }) => `엔진 코드(.wasm)를 끝까지 불러오지 못했습니다(${why})`,
    checkNetworkAgain: '네트워크를 확인한 뒤 엔진을 다시 시작하세요',
    codeRefused: ({ address, status }) => `${address}: 서버가 오류 코드 ${status}번을 보냈습니다`,
    policy: ({ why }) => `Content-Security-Policy가 WebAssembly를 금지합니다(${why})`,
    loosenPolicy: "서버가 보내는 정책의 script-src에 'wasm-unsafe-eval'을 추가하거나 더 새로운 브라우저를 사용하세요",
    workerStuck: ({ why }) => `엔진의 워커(worker)가 시작되지 않습니다(${why || '브라우저가 이유를 알려 주지 않음'})`,
    policyWithEveryFile:
      '서버가 Cross-Origin-Embedder-Policy를 페이지에만 보냅니다. 모든 파일에 보내거나 어느 파일에도 보내지 않도록 설정하세요',
    allowWorkers: `서버 정책이 워커(worker)를 금지하거나(worker-src) 브라우저가 너무 오래되었을 수 있습니다. 사용할 브라우저: ${NEW_ENOUGH}`,
    threadStuck: ({ script, why }) => `${script}: 스레드가 시작되지 않았습니다: ${why}`,
  },

  code: {
    title: '이 실행을 Keras 또는 PyTorch 코드로',
    note: '이 실행의 설정이 그대로 담긴 완전한 스크립트입니다. 이미지를 불러오고, 사전 과제로 학습하고, 특징을 고정하고, 비교하는 신경망들을 학습한 뒤 표를 출력합니다. 처음 가중치는 라이브러리가 무작위로 정하므로, 결과는 시드를 바꾸었을 때만큼 이 페이지의 결과와 다를 수 있습니다.',
    none: '데이터를 불러오면 스크립트가 나타납니다.',
    library: '라이브러리',
    copy: '스크립트 복사',
    save: ({ file }) => `저장: ${file}`,
  },

  results: {
    term: '결과 줄',
    none: '실행이 끝나면 나타납니다',
    copy: '결과 줄 복사',
    note: '설정, 시드, 데이터, 결과, 서명을 한 줄의 텍스트에 담은 것으로, 선생님에게 보낼 수 있습니다. 끝에 체크섬이 있어 줄이 잘리거나 바뀌면 페이지가 알아챕니다.',

    collectTitle: '선생님용: 결과 모으기',
    collectNote:
      '학생들이 보낸 메시지를 한꺼번에 붙여 넣으세요. 실행마다 결과 줄이 하나씩 있으면 되고, 앞에 이름이 있어도 없어도 됩니다. 입력한 내용은 이 페이지를 벗어나지 않습니다.',
    paste: '결과 줄들',
    found: ({ results, refused }) =>
      refused === 0
        ? `결과 ${whole(results)}개.`
        : `결과 ${whole(results)}개. 결과로 세지 않은 줄이 ${whole(refused)}개 있습니다.`,
    atLine: ({ line, who, why }) => (who ? `${whole(line)}번째 줄(${who}): ${why}` : `${whole(line)}번째 줄: ${why}`),
    faults: {
      noLine: '결과가 들어 있지 않습니다',
      otherVersion: ({ version }) =>
        `형식의 버전(“${version}”)을 이 페이지가 알지 못합니다. 결과 줄을 만든 버전의 페이지에 붙여 넣거나, 현재 페이지에서 만든 줄을 다시 받으세요`,
      cut: '체크섬이 있는 끝부분이 없습니다. 줄 전체를 다시 받으세요',
      damaged: '체크섬이 맞지 않습니다. 도중에 바뀌거나 없어진 것이 있으니 줄을 다시 받으세요',
      field: ({ name }) => `“${name}” 항목이 없거나 있을 수 없는 값입니다`,
      twice: ({ first }) => `${whole(first)}번째 줄과 같아 한 번만 셉니다`,
    },
    contradicts: ({ first }) =>
      `${whole(first)}번째 줄과 설정, 시드, 이미지가 같은데 결과가 다릅니다. 둘 중 하나만 맞을 수 있으니 다시 실행하여 확인하세요`,
    table: '모은 결과',
    line: ({ line }) => `${whole(line)}번째 줄`,
    columns: {
      who: '보낸 사람',
      seed: '시드',
      task: '사전 과제',
      labels: '레이블',
      epochs: '에폭',
      question: '과제 정확도',
      taught: '선형 평가, 레이블 100개: 사전 과제로 배운 특징',
      untrained: '선형 평가, 레이블 100개: 학습하지 않은 특징',
      self_supervised: RUNS.self_supervised,
      random: RUNS.random,
      supervised: RUNS.supervised,
      signature: '서명',
    },
    mean: '평균 ± 표준편차',
    spread: ({ mean, deviation }) => `${percent(mean)} ± ${fixed(100 * deviation, 1)}`,
    noMean: '시드만 다른 실행들이 아니므로 평균을 내도 의미가 없습니다.',
    save: '표, CSV',
  },

  lessons: {
    task: '오늘의 과제',
    byLink: '이 글은 방문자가 연 링크에 들어 있던 것입니다.',
    ready: {
      guess: {
        title: '어느 쪽이 위일까요?',
        task: '아무것도 학습하지 않은 상태에서 퀴즈를 열 번 풀고, 몇 개를 맞혔는지 적으세요. 이미지의 무엇을 보고 어느 쪽이 위인지 알 수 있나요? 그런 다음 신경망을 학습하고, 신경망과 열 번 더 겨루어 보세요.',
      },
      learn: {
        title: '무엇을 배울까요?',
        task: '먼저 예상해 보세요. 신경망이 회전을 거의 다 맞히게 되면, 레이블이 있는 이미지 100장만으로 그 특징을 선형 평가(linear probe)할 때 숫자를 얼마나 맞힐까요? 그런 다음 학습 시작을 누르고 두 곡선을 지켜보세요. 결과를 학습하지 않은 특징, 원본 픽셀과 비교하세요.',
      },
      labels: {
        title: '레이블이 적을 때와 많을 때',
        task: '레이블이 있는 이미지 100장으로 학습하고, 다음에는 1,000장으로 학습하세요. 세 신경망의 정확도를 각각 적으세요. 레이블이 늘어날 때 가장 많이 나아지는 신경망은 무엇이고, 레이블이 적어도 잘하는 신경망은 무엇인가요?',
      },
      control: {
        title: '대조군',
        task: '여기서는 신경망이 모든 픽셀을 섞는 정해진 네 가지 방법을 구별해야 합니다. 신경망을 학습하세요. 정답을 얼마나 자주 맞히나요? 그리고 레이블 1,000개로 그 특징에서 숫자를 얼마나 잘 인식하나요? 회전 과제로 배운 특징과 비교하세요. 사전 과제를 완벽하게 풀어도 배우는 것이 이렇게 적을 수 있는 까닭을 설명하세요.',
      },
      seeds: {
        title: '저마다 다른 시드',
        task: '시드를 자신의 출석 번호로 정하고 끝까지 학습하세요. 그런 다음 “저장과 공유” 섹션에 있는 결과 줄을 선생님에게 보내세요. 우연만 다른 서른 번의 실행은 결과가 얼마나 다를까요?',
      },
      notebook: {
        title: '실습 노트북 그대로',
        task: '실습 노트북의 설정 그대로(원본 픽셀 값, 50에폭) 학습하세요. 세 신경망을 보통 설정의 결과와 비교하세요. 어떤 결과가 달라지고, 왜 무작위 특징을 쓰는 신경망이 가장 많이 나아질까요?',
      },
    },

    begin: '무엇에서 시작할까요',
    present: '이 페이지의 현재 설정',
    taskLabel: '학생에게 줄 과제',
    taskNote: ({ most }) =>
      `학생은 페이지 처음에서 이 글을 봅니다. 최대 ${whole(most)}자까지 쓸 수 있고, 비워 두면 과제가 없습니다.`,
    preview: '학생에게 보이는 것',
    noTask: '페이지에 과제가 나타나지 않습니다.',
    shows: ({ parts }) => (parts.length > 0 ? `섹션: ${commas(parts)}.` : '섹션: 학습만 있음.'),
    locked: ({ values }) => `잠김: ${values.join('; ')}.`,
    lockedValue: ({ control, value }) => `${control}: ${value}`,
    hidden: ({ controls }) => `숨긴 컨트롤: ${commas(controls)}.`,
    nothingLocked: '잠기거나 숨긴 컨트롤이 없습니다.',
    on: '켜짐',
    off: '꺼짐',
    open: '학생처럼 열어 보기',
    inNewTab: '새 탭에서',
  },

  about: {
    paper: '논문',
    licence: '라이선스',
    notices: '사용한 라이브러리의 라이선스',
    source: '소스 코드',
  },

  address: {
    notOneOf: ({ label, text, choices }) => `${label}: “${text}” 값은 쓸 수 없습니다. 가능한 값: ${choices.join(', ')}`,
    notFlag: ({ label }) => `${label}: 1 또는 0을 입력하세요`,
    notDigits: ({ label }) => `${label}: 156처럼 숫자로 입력하세요`,
    notNumbers: ({ label, such }) => `${label}: 숫자를 쉼표로 나누어 입력하세요. 예: ${such.join(', ')}`,
    notWhole: ({ label }) => `${label}: 정수를 입력하세요`,
    notNumber: ({ label }) => `${label}: 숫자를 입력하세요`,
    outside: ({ label, min, max }) => `${label}: ${plain(min)}부터 ${plain(max)}까지의 숫자를 입력하세요`,
    nothingToLock: ({ name, names }) => `lock: “${name}” 컨트롤은 없습니다. 사용할 수 있는 컨트롤: ${names.join(', ')}`,
    nothingToHide: ({ name }) => `hide: “${name}”, 이런 이름의 컨트롤이나 섹션은 없습니다`,
    otherDigits: ({ version, present }) =>
      `digits: 이 링크는 내장 숫자의 “${version}” 버전으로 만들어졌는데 이 페이지에는 버전 ${plain(present)}의 숫자가 있어 결과가 달라집니다. 예전 숫자를 쓰려면 링크를 만든 릴리스의 “quarterturn digits” 명령으로 만든 파일을 불러오세요`,
    noLanguage: ({ name, names }) => `lang: “${name}” 언어는 없습니다. 사용할 수 있는 언어: ${names.join(', ')}`,
    noLesson: ({ name, names }) =>
      `lesson: 준비된 수업 중에 “${name}” 수업은 없습니다. 사용할 수 있는 수업: ${names.join(', ')}`,
  },
};

/** @type {Record<'generated' | 'mnist', string>} */
const OF_EXAMPLE = { generated: '내장 숫자', mnist: 'MNIST' };

export default later;
