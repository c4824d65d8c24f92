#!/usr/bin/env bash
# toolchain.sh [--headers] [PREFIX]     (default: .toolchain of this checkout; --headers: no Emscripten)
#
# Emscripten >= 3.1.60 and the header-only libraries, without touching the system:
#  1. an emcc on PATH that is new enough is used as it is;
#  2. else, on Debian 12 or newer, Debian's own packages are downloaded by apt-get with private lists and caches,
#     verified as apt always verifies, and unpacked under PREFIX/root. Nothing is installed and no root is needed.
#     clang, lld and llvm 19 come from this release; emscripten and binaryen from trixie (Debian 13). Binaryen needs
#     trixie's libc, so it gets one of its own and is started by that libc's loader.
# The headers (xsimd, Eigen, nlohmann-json, CLI11) go to PREFIX/deps, on Debian only; CMake finds installed ones too.
# A second run does nothing. PREFIX may be deleted at any time.
set -euo pipefail
minimum=3.1.60
revision=1
headers_revision=2
log() { printf 'toolchain: %s\n' "$*"; }
die() { printf 'toolchain: %s\n' "$*" >&2; exit 1; }
emcc_version() { env -u EM_CONFIG -u EM_CACHE "$@" --version 2>/dev/null | sed -nE '1s/.*[^0-9.]([0-9]+\.[0-9]+\.[0-9]+).*/\1/p' || true; }
recent() { [ -n "$1" ] && [ "$(printf '%s\n' "$minimum" "$1" | sort -V | head -n1)" = "$minimum" ]; }

need_emscripten=1
if [ "${1:-}" = --headers ]; then
  need_emscripten=
  shift
fi
prefix=${1:-$(dirname "$0")/../.toolchain}
mkdir -p "$prefix"
prefix=$(cd "$prefix" && pwd -P)
case $prefix in *[[:space:]\'\"]*) die "the path of this checkout must hold no blanks or quotes: $prefix" ;; esac
ems=$prefix/root/usr/share/emscripten
# Emscripten's own .js files are CommonJS; without this Node would take them for modules, as this checkout's are.
echo '{ "private": true, "type": "commonjs" }' >"$prefix/package.json"

# ---- what is missing? ------------------------------------------------------------------------------------------------
found=$(command -v emcc || true)
if [ -n "$need_emscripten" ] && [ -n "$found" ] && [ "$found" != "$ems/emcc" ]; then
  version=$("$found" --version 2>/dev/null | sed -nE '1s/.*[^0-9.]([0-9]+\.[0-9]+\.[0-9]+).*/\1/p' || true)
  if recent "$version"; then
    log "Emscripten $version from PATH ($found)"
    need_emscripten=
  else
    log "$found is ${version:-of no known version}, $minimum is needed: looking elsewhere"
  fi
fi
key="revision=$revision prefix=$prefix"
if [ -n "$need_emscripten" ] && [ "$(cat "$prefix/emscripten.stamp" 2>/dev/null)" = "$key" ]; then
  version=$(emcc_version "$ems/emcc")
  if recent "$version"; then
    log "Emscripten $version in $prefix"
    need_emscripten=
  fi
fi
need_headers=1
headers_key="revision=$headers_revision prefix=$prefix"
if [ "$(cat "$prefix/deps.stamp" 2>/dev/null)" = "$headers_key" ] && [ -d "$prefix/deps/usr/include/xsimd" ]; then
  need_headers=
fi
[ -n "$need_emscripten$need_headers" ] || exit 0

# ---- private apt -----------------------------------------------------------------------------------------------------
ID='' VERSION_ID='' VERSION_CODENAME=''
[ ! -r /etc/os-release ] || . /etc/os-release
if [ "$ID" != debian ] || [ "${VERSION_ID:-0}" -lt 12 ]; then
  [ -z "$need_emscripten" ] || die "no Emscripten >= $minimum: install emsdk (https://emscripten.org) and put emcc on PATH"
  log "not Debian: xsimd, Eigen, nlohmann-json and CLI11 must be installed (CMake says which is missing)"
  exit 0
fi
for tool in apt-get dpkg-deb tar python3 node; do
  command -v $tool >/dev/null || die "$tool is missing: install it, or put emcc >= $minimum on PATH (emsdk)"
done
keyring=$(ls /usr/share/keyrings/debian-archive-keyring.{gpg,pgp} 2>/dev/null | head -n1 || true)
[ -n "$keyring" ] || die "the package debian-archive-keyring is missing: install it"
mirrors=$(apt-get update --print-uris 2>/dev/null |
  sed -nE "s#^'([^']*)/dists/$VERSION_CODENAME/(In)?Release'.*#\1#p" | sort -u)
[ -n "$mirrors" ] || die "the system's package sources name no mirror of $VERSION_CODENAME: add one to /etc/apt"

work=$prefix/work
rm -rf "$work"
mkdir -p "$work"/{lists/partial,cache/archives/partial,debs,root,deps}
# The system's apt.conf.d is still read (proxies and the like); this comes after it.
cat >"$work/main.conf" <<CONF
#clear APT::Update;
Dir::State::lists "$work/lists";
Dir::State::status "/dev/null";
Dir::Cache "$work/cache";
Dir::Etc::SourceList "$work/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Get::AllowUnauthenticated "false";
Acquire::AllowInsecureRepositories "false";
APT::Update::Error-Mode "any";
APT::Sandbox::User "root";
CONF
[ ! -f /etc/apt/apt.conf ] || printf '#include "/etc/apt/apt.conf";\n' | cat - "$work/main.conf" >"$work/both.conf"
[ ! -f "$work/both.conf" ] || mv "$work/both.conf" "$work/main.conf"
echo "Dir::Etc::main \"$work/main.conf\";" >"$work/apt.conf"
export APT_CONFIG=$work/apt.conf
lists=
for mirror in $mirrors; do
  for suite in $(printf '%s\n' "$VERSION_CODENAME" trixie | sort -u); do
    echo "deb [signed-by=$keyring arch=$(dpkg --print-architecture) target=Packages] $mirror $suite main"
  done >"$work/sources.list"
  log "package lists of $VERSION_CODENAME and trixie"
  if apt-get -qq update; then lists=1 && break; fi
done
[ -n "$lists" ] || die "no package lists could be had from: $mirrors"

fetch() { # suite, packages...
  local suite=$1
  shift
  (cd "$work/debs" && apt-get -qq download "${@/%//$suite}")
}
unpack() { # package, destination, tar arguments...
  local package=$1 destination=$2
  shift 2
  mkdir -p "$destination"
  dpkg-deb --fsys-tarfile "$work"/debs/"${package}"_*.deb | tar -x --no-same-owner -C "$destination" \
    --wildcards --wildcards-match-slash --exclude='./usr/share/doc/?*' --exclude='./usr/share/man/?*' \
    --exclude='./usr/share/lintian' --exclude='./usr/share/bash-completion' "$@"
}

licence() { # package, destination: its licence, which dist/ carries
  dpkg-deb --fsys-tarfile "$work"/debs/"${1}"_*.deb | tar -x --no-same-owner -C "$2" "./usr/share/doc/$1/copyright"
}

# ---- headers ---------------------------------------------------------------------------------------------------------
if [ -n "$need_headers" ]; then
  headers=(libxsimd-dev libeigen3-dev nlohmann-json3-dev libcli11-dev)
  log "headers: ${headers[*]}"
  fetch trixie "${headers[@]}"
  for package in "${headers[@]}"; do
    unpack "$package" "$work/deps"
    licence "$package" "$work/deps"
  done
  rm -rf "$prefix/deps"
  mv "$work/deps" "$prefix/deps"
  printf '%s' "$headers_key" >"$prefix/deps.stamp"
fi
if [ -z "$need_emscripten" ]; then
  rm -rf "$work"
  exit 0
fi

# ---- Emscripten ------------------------------------------------------------------------------------------------------
log "Emscripten: about 320 MB to download"
llvm=(clang-19 libclang-cpp19 libllvm19 libclang-common-19-dev lld-19 llvm-19 llvm-19-linker-tools)
fetch "$VERSION_CODENAME" "${llvm[@]}"
fetch trixie emscripten node-acorn binaryen libc6 libstdc++6 libgcc-s1
log "unpacking"
root=$work/root
bin=./usr/lib/llvm-19/bin
for package in clang-19 libclang-cpp19 libllvm19 lld-19 llvm-19-linker-tools; do unpack $package "$root"; done
unpack libclang-common-19-dev "$root" --exclude='*/lib/linux/*'
unpack llvm-19 "$root" $bin/llvm-{ar,ranlib,nm,objcopy,strip,objdump,dwarfdump,dwp,cxxfilt,symbolizer,size} $bin/opt $bin/llc
libraries=./usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten
unpack emscripten "$root" --exclude='./usr/share/emscripten/test/?*' --exclude='./usr/share/emscripten/docs/?*' \
  --exclude='./usr/share/emscripten/cache/symbol_lists/?*' --exclude="$libraries/lto/?*" --exclude="$libraries/lto-pic/?*" \
  --exclude="$libraries/pic/?*" --exclude="$libraries/*asan*" --exclude="$libraries/*lsan*" --exclude="$libraries/*ubsan*" \
  --exclude="$libraries/*sanitizer*" --exclude="$libraries/*-ww*" --exclude="$libraries/libwasmfs*"
licence emscripten "$root"
unpack node-acorn "$root"
unpack binaryen "$root/binaryen" --exclude=./usr/include --exclude='*/wasm-fuzz-*'
unpack libc6 "$root/binaryen" --exclude='*/gconv' --exclude=./usr/share --exclude=./etc --exclude='*/audit'
unpack libstdc++6 "$root/binaryen" --exclude=./usr/share
unpack libgcc-s1 "$root/binaryen" --exclude=./usr/share
rm -rf "$prefix/root"
mv "$root" "$prefix/root"
rm -rf "$work"
unset APT_CONFIG

# ---- tie it together -------------------------------------------------------------------------------------------------
root=$prefix/root
llvm_bin=$root/usr/lib/llvm-19/bin
library_folder=$(dirname "$(ls -d "$root"/usr/lib/*/libLLVM.so.19.1)")
machine=${library_folder##*/}
for library in libLLVM.so.19.1 libclang-cpp.so.19.1; do # where the tools' own search path ($ORIGIN/../lib) looks
  ln -sfn "../../$machine/$library" "$root/usr/lib/llvm-19/lib/$library"
done
loader=$(ls "$root/binaryen/usr/lib/$machine"/ld-linux-*.so.*)
mkdir -p "$root/binaryen/bin"
for tool in "$root"/binaryen/usr/bin/*; do
  name=${tool##*/}
  printf '#!/bin/sh\nexec %s --library-path %s --argv0 %s %s "$@"\n' \
    "$loader" "$root/binaryen/usr/lib/$machine" "$name" "$tool" >"$root/binaryen/bin/$name"
  chmod 755 "$root/binaryen/bin/$name"
done
mkdir -p "$ems/node_modules"
for module in acorn acorn-walk; do
  [ ! -d "$root/usr/share/nodejs/$module" ] || ln -sfn ../../nodejs/$module "$ems/node_modules/$module"
done
# emcc reads .emscripten beside itself, so neither EM_CONFIG nor HOME matters.
cat >"$ems/.emscripten" <<CONF
LLVM_ROOT = '$llvm_bin'
BINARYEN_ROOT = '$root/binaryen'
NODE_JS = '$(command -v node)'
CACHE = '$ems/cache'
FROZEN_CACHE = True
CONF
missing=$(ldd "$llvm_bin"/{clang,lld,llvm-ar,llvm-objcopy} | awk '/not found/{print $1}' | sort -u | xargs)
[ -z "$missing" ] || die "system libraries are missing ($missing): apt-get install libedit2 libxml2 libz3-4 libzstd1 libffi8 zlib1g"
version=$(emcc_version "$ems/emcc")
recent "$version" || die "emcc does not start: $("$ems/emcc" --version 2>&1 | head -n3)"
printf '%s' "$key" >"$prefix/emscripten.stamp"
log "Emscripten $version is ready in $prefix ($(du -sm "$prefix" | cut -f1) MB)"
