# make run     the desk with sample members and cases, in ./data
# make test    every check there is; ends with "N passed, N failed"
# make bench   the measured numbers
#
# Each installs what it needs and says so (.ci/need).

SHELL := /bin/bash
export PATH := $(CURDIR)/target/node/node_modules/.bin:$(HOME)/.cargo/bin:$(PATH)

# `hydrate` turns on leptos/hydrate and the rest leptos/ssr, so one build never holds both. Every
# host build names the same packages: another choice has other features and compiles them again.
HOST := --workspace --exclude hydrate
WASM := -p hydrate -p app -p casework -p checker -p verifier --target wasm32-unknown-unknown

.PHONY: run test bench build release \
	fmt clippy wasm-clippy docs unit bundle corpus records e2e deny advisories clean

# The development profile: it is built in half the time of a release and again in seconds, and
# what would be slow in it (hashing, ciphers) is optimised all the same.
run: build
	target/debug/disclosure-desk try

build:
	@.ci/need rust wasm compiler
	cargo build $(HOST) --bin disclosure-desk --bin bundle
	target/debug/bundle

release:
	@.ci/need rust wasm compiler node
	cargo build $(HOST) --bin bundle
	target/debug/bundle --release
	cargo build --release $(HOST) --bin disclosure-desk

test:
	@.ci/need rust wasm lints compiler node browser reader postgres checks deny
	@.ci/suites fmt deny clippy wasm-clippy docs unit records e2e

bench: release
	cargo bench $(HOST) --bench '*'

fmt:
	cargo fmt --all --check

clippy:
	cargo clippy $(HOST) --all-targets -- -D warnings

wasm-clippy:
	cargo clippy $(WASM) -- -D warnings

docs:
	RUSTDOCFLAGS="-D warnings" cargo doc $(HOST) --no-deps --document-private-items

unit:
	@.ci/need compiler postgres checks
	.ci/with-postgres cargo test $(HOST) --no-fail-fast

# Records to be judged: every ground, instrument, stage and script, whole and redacted, sealed and
# not. `make corpus OUT=folder` puts them elsewhere; CJK names a face for Chinese and its neighbours.
OUT := target/corpus
CJK := $(wildcard /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc)
corpus:
	@.ci/need compiler
	rm -f $(OUT)/*.pdf
	cargo build $(HOST) --example corpus
	target/debug/examples/corpus $(OUT) $(CJK)

# What others' programs say of them.
records: corpus
	@.ci/need checks
	python3 end2end/records/check.py $(OUT)

e2e: build
	@.ci/need node browser reader
	cd end2end && npx playwright test

deny:
	@.ci/need deny
	cargo deny --locked check bans licenses sources
	@.ci/advisories || \
		echo '!! Advisories: something was found, or nothing looked up; make advisories fails.'

# What others found out about our dependencies fails here, and not where somebody lands something
# else on the day it became known: `deny` only says it, aloud.
advisories:
	@.ci/need deny
	@.ci/advisories

clean:
	cargo clean
