// Korean: why the page or its engine does not start. Terms: see first.js. No sentence ends with a full stop here, as in
// English: the sentence around it does.

/** Versions that have all that the page uses: module workers, relaxed policies for WebAssembly, SIMD, gzip streams. */
const NEW_ENOUGH = 'Chrome 또는 Edge 103, Firefox 114, Safari 16.4 이상';

/** @typedef {{ file: 'script' | 'scripts' | 'code' | 'worker', name?: string }} File */

/** What was asked for. @type {Record<File['file'], (name?: string) => string>} */
const FILES = {
  script: () => '엔진 스크립트(.mjs)',
  scripts: (name) => `엔진 스크립트(${name})`,
  code: () => '엔진 코드(.wasm)',
  worker: () => '엔진 워커(worker) 스크립트',
};

/** @type {typeof import('../en/start.js').default} */
const start = {
  withFix: ({ reason, fix }) => `${reason}. 해결 방법: ${fix}`,

  noWebAssembly: '이 브라우저에는 WebAssembly가 없거나 꺼져 있습니다',
  allowWebAssembly: `Apple 기기의 차단 모드, Tor Browser의 높은 보안 수준, Edge의 향상된 보안은 WebAssembly를 끕니다. 이 페이지를 예외로 등록하거나 다른 브라우저를 사용하세요(${NEW_ENOUGH})`,
  tooOld: ({ missing }) => `이 브라우저는 너무 오래되었습니다. 없는 기능: ${missing}`,
  useNewer: `더 새로운 브라우저를 사용하세요: ${NEW_ENOUGH}`,

  answered: ({ status, file, name }) => `${FILES[file](name)}: 서버가 오류 코드 ${status}번을 보냈습니다`,
  copyFolder: '페이지의 폴더 전체를 서버에 다시 복사하세요',
  giveOutFiles: '서버가 페이지 폴더의 모든 파일을 내보내도록 설정하거나, 로그인한 뒤 페이지를 새로 고치세요',
  reloadLater: '잠시 기다렸다가 페이지를 새로 고치세요',
  notFetched: ({ why, file, name }) => `${FILES[file](name)}: 불러오지 못했습니다(${why})`,
  checkNetwork:
    '네트워크와, 요청을 막을 수 있는 것(확장 프로그램, 프록시, 서버 정책)을 확인한 뒤 페이지를 새로 고치세요',
  webPage: ({ file, name }) => `${FILES[file](name)}: 서버가 이 파일 대신 웹 페이지를 보냅니다`,
  copyOrSignIn:
    '페이지의 폴더 전체를 서버에 다시 복사하거나, 네트워크가 로그인을 요구하면 로그인한 뒤 페이지를 새로 고치세요',
  wrongType: ({ type, file, name }) =>
    type
      ? `${FILES[file](name)}: 서버가 “${type}” 형식으로 보내지만, 브라우저는 text/javascript인 모듈만 실행합니다`
      : `${FILES[file](name)}: 서버가 형식 없이 보내지만, 브라우저는 text/javascript인 모듈만 실행합니다`,
  setType:
    '서버가 .js 파일과 .mjs 파일을 text/javascript 형식으로 보내도록 설정한 뒤(nginx: “types { text/javascript js mjs; }”, Apache: “AddType text/javascript .js .mjs”, IIS: .mjs의 mimeMap) 페이지를 새로 고치세요',

  replaced: '서버에 이 페이지의 새 버전이 있습니다',
  reloadKept: '페이지를 새로 고치세요. 저장된 실행은 이어집니다',
  stale: '서버에 이 페이지의 새 버전이 있지만, 이 브라우저나 캐시에는 아직 이전 버전이 남아 있습니다',
  reloadUncached:
    '브라우저 캐시 없이 페이지를 새로 고치거나(Ctrl+F5 또는 Shift와 새로 고침 버튼) 나중에 다시 시도하세요',
  askedOnce: '파일은 다시 받을 수 있지만, 이 브라우저는 같은 파일을 두 번 요청하지 않습니다',
};

export default start;
