# cs-search: one Makefile, not recursive. `make help` prints the targets.
#
# Objects and programs live under build/FLAVOUR/ (release, asan, tsan, clang); a sanitizer build is the same graph
# in another folder: `make FLAVOUR=asan`.
SHELL   := /bin/bash
# `make V=1` shows whole commands.
Q       := $(if $(V),,@)
say      = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2))
FLAVOUR ?= release
B       := build/$(FLAVOUR)
VERSION := 0.1.0

PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
LIBDIR     ?= $(PREFIX)/lib
LIBEXECDIR ?= $(PREFIX)/libexec/cs-search
INCLUDEDIR ?= $(PREFIX)/include
DATADIR    ?= $(PREFIX)/share
MANDIR     ?= $(DATADIR)/man
DOCDIR     ?= $(DATADIR)/doc/cs-search

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
CPPFLAGS += -I. -Iinclude -I$(B) -D_GNU_SOURCE -DCS_VERSION='"$(VERSION)"' -DCS_LIBEXECDIR='"$(LIBEXECDIR)"' -DCS_DATADIR='"$(DATADIR)/cs-search"'
FLAVOUR_CFLAGS_release := -O2 -g
FLAVOUR_CFLAGS_clang   := -O2 -g
FLAVOUR_CFLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAVOUR_CFLAGS_tsan    := -O1 -g -fsanitize=thread
ifeq ($(FLAVOUR),clang)
CC := clang
endif
CFLAGS  ?=
ALL_CFLAGS := -std=c11 $(WARNINGS) -fPIC -fvisibility=hidden $(FLAVOUR_CFLAGS_$(FLAVOUR)) $(CFLAGS)
LIBS         := -lsqlite3 -lz -lstemmer -lutf8proc -lnettle -lm -lpthread
PROGRAM_LIBS := -ljansson
EXTRACT_LIBS := -lmupdf -lmupdf-third -lgumbo -lyajl -lharfbuzz -lfreetype -lmujs -ljbig2dec -lopenjp2 -ljpeg -lz -lm

# What is a program's own: main.c, cli_*.c and render_*.c see include/ and cli/ only. All else is the library.
INDEX_PROGRAM := $(wildcard indexer/main.c indexer/cli_*.c indexer/render_*.c)
QUERY_PROGRAM := $(wildcard query/main.c query/cli_*.c query/render_*.c)
CLI_SOURCES   := $(wildcard cli/*.c)
LIB_SOURCES   := $(filter-out $(INDEX_PROGRAM) $(QUERY_PROGRAM),$(wildcard core/*.c indexer/*.c query/*.c))
EXTRACT_SOURCES := $(wildcard indexer/extract/*.c)
EXTRACT_SHARED  := $(wildcard core/buffer.c core/arena.c core/utf8.c core/error.c indexer/extract_frame.c indexer/text.c)
UNIT_TESTS    := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))

objects = $(patsubst %.c,$(B)/%.o,$(1))
LIB_OBJECTS := $(call objects,$(LIB_SOURCES))

# What shells need to complete a command line: a script a program and shell, under the name that the shell looks for.
COMPLETIONS := $(foreach program,cs-index cs-search,$(addprefix $(B)/completion/,$(program) _$(program) $(program).fish))
BASHDIR     ?= $(DATADIR)/bash-completion/completions
ZSHDIR      ?= $(DATADIR)/zsh/site-functions
FISHDIR     ?= $(DATADIR)/fish/vendor_completions.d

.PHONY: all
all: $(COMPLETIONS) $(B)/cs-index $(B)/cs-search $(B)/cs-extract $(B)/libcsearch.so $(B)/csearch_sqlite.so $(B)/csearch.pc ## build the two programs and their helper

$(B)/libcsearch.a: $(LIB_OBJECTS)
	@rm -f $@
	$(call say,AR,$@)
	$(Q)$(AR) rcs $@ $^

$(B)/cs-index: $(call objects,$(INDEX_PROGRAM) $(CLI_SOURCES)) $(B)/libcsearch.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PROGRAM_LIBS) $(LIBS)

$(B)/cs-search: $(call objects,$(QUERY_PROGRAM) $(CLI_SOURCES)) $(B)/libcsearch.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PROGRAM_LIBS) $(LIBS)

$(B)/cs-extract: $(call objects,$(EXTRACT_SOURCES) $(EXTRACT_SHARED))
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(EXTRACT_LIBS)

complete_for = @mkdir -p $(@D) && sed -e 's/@PROGRAM@/$(1)/g' -e 's/@FUNCTION@/$(subst -,_,$(1))/g' $< > $@
$(B)/completion/_cs-%: completion/zsh.in
	$(call complete_for,cs-$*)
$(B)/completion/cs-%.fish: completion/fish.in
	$(call complete_for,cs-$*)
$(B)/completion/cs-%: completion/bash.in
	$(call complete_for,cs-$*)

$(B)/core/schema.o: $(B)/core/schema_sql.h

# Objects know where the helper program is installed, so a change of PREFIX is a change of all.
CONFIGURATION := $(CPPFLAGS) $(ALL_CFLAGS) $(CC) $(LIBDIR) $(INCLUDEDIR)
$(B)/configuration: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(CONFIGURATION))' | cmp -s - $@ || echo '$(subst ','\'',$(CONFIGURATION))' > $@
.PHONY: FORCE
FORCE:

$(B)/%.o: %.c $(B)/configuration
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# A unit test is one program a module, tests/unit/test_X.c; it sees every layer.
$(B)/tests/%: tests/unit/%.c $(call objects,$(CLI_SOURCES)) $(B)/libcsearch.a
	@mkdir -p $(@D)
	$(call say,TEST,$<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(call objects,$(CLI_SOURCES)) $(B)/libcsearch.a -lcmocka $(PROGRAM_LIBS) $(LIBS)

# Tests that fail each allocation in turn take the place of the allocator.
$(B)/tests/%_memory: LDFLAGS += -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
$(B)/tests/test_api_memory: LDFLAGS += -Wl,--wrap=strdup

# Programs that tests stand on.
TEST_TOOLS := $(patsubst tests/tools/%.c,$(B)/tests/tools/%,$(wildcard tests/tools/*.c))
$(B)/tests/tools/%: tests/tools/%.c $(B)/libcsearch.a $(B)/cs-extract
	@mkdir -p $(@D)
	$(call say,TEST,$<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(B)/libcsearch.a $(PROGRAM_LIBS) $(LIBS)

# Generated: the schema as C strings, one a line (a string of its size is beyond what ISO C promises).
$(B)/core/schema_sql.h: core/schema.sql Makefile
	@mkdir -p $(@D)
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$$/\\n",/' $< > $@

# Generated: the vocabulary and the themes as C strings, one a line.
$(B)/query/vocabulary.o: $(B)/query/vocabulary_txt.h
$(B)/query/themes.o: $(B)/query/themes_txt.h
$(B)/query/render_html.o: $(B)/query/render_html_css.h
$(B)/query/%_css.h: query/%.css Makefile
	@mkdir -p $(@D)
	$(Q)sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$$/",/' $< > $@
$(B)/query/%_txt.h: query/%.txt Makefile
	@mkdir -p $(@D)
	$(Q)sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$$/",/' $< > $@

# Generated: the tone table as C, from the readable one.
$(B)/core/tone_table.o: $(B)/core/tone_weights.h
$(B)/core/tone_weights.h: core/tone_weights.tsv tools/tone/table.awk
	@mkdir -p $(@D)
	$(Q)awk -F '\t' -f tools/tone/table.awk $< > $@

# The tone module for scripts.
TONE_LINES := $(B)/tools/tone-lines
$(TONE_LINES): tools/tone/lines.c $(B)/libcsearch.a
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(B)/libcsearch.a $(LIBS)

.PHONY: tone
tone: $(TONE_LINES) ## make core/tone_weights.tsv from ../shared (see tools/tone/README.md)
	@tools/deps.sh tone
	python3 tools/tone/make.py ../shared $(TONE_LINES) core/tone_weights.tsv
	@$(MAKE) --no-print-directory $(TONE_LINES)
	python3 tools/tone/check.py ../shared $(TONE_LINES) core/tone_weights.tsv

UNIT     := $(addprefix $(B)/tests/,$(UNIT_TESTS))
SCRIPTS   = $(sort $(wildcard tests/cli/*.sh tests/hostile/*.sh tests/docs/*.sh tests/shared/*.sh tests/rank/*.sh tests/browser/*.sh))
CONTRACTS = $(sort $(wildcard tests/contract/*.sh))

.PHONY: deps
deps: ## install what building needs, from Debian packages
	@tools/deps.sh build

# The shared library: only CS_API names leave it (tests/contract/symbols.sh).
SONAME := libcsearch.so.0
$(B)/$(SONAME): $(LIB_OBJECTS) core/libcsearch.map
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -Wl,--version-script=core/libcsearch.map -Wl,-z,defs -o $@ $(LIB_OBJECTS) $(LIBS)

$(B)/libcsearch.so: $(B)/$(SONAME)
	@ln -sf $(SONAME) $@

# The SQLite extension: an embedder with the library in it, so that it needs nothing but SQLite's own names.
SQLITE_SOURCES := $(wildcard sqlite/*.c)
$(B)/csearch_sqlite.so: $(call objects,$(SQLITE_SOURCES)) $(B)/libcsearch.a sqlite/csearch_sqlite.map
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -shared -Wl,-soname,csearch_sqlite.so -Wl,--version-script=sqlite/csearch_sqlite.map -Wl,-z,defs -o $@ \
	  $(call objects,$(SQLITE_SOURCES)) $(B)/libcsearch.a $(LIBS)

$(B)/csearch.pc: core/csearch.pc.in Makefile $(B)/configuration
	@sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	  -e 's|@LIBS@|$(LIBS)|' $< > $@

MANUALS := $(wildcard man/*.[1-9])
SCHEMAS := $(wildcard schemas/*.json)

# `install` fills a tree of its own and copies that, so that what it changes is known: `uninstall` undoes just this.
STAGE    := $(B)/stage
MANIFEST := $(DATADIR)/cs-search/installed

.PHONY: install
install: all ## install programs, library, headers and manuals (PREFIX, DESTDIR)
	@rm -rf $(STAGE)
	@install -d $(STAGE)$(BINDIR) $(STAGE)$(LIBDIR)/pkgconfig $(STAGE)$(LIBEXECDIR) $(STAGE)$(INCLUDEDIR)/csearch
	@install -d $(STAGE)$(DATADIR)/cs-search/schemas $(STAGE)$(DOCDIR)/examples
	@install -d $(STAGE)$(BASHDIR) $(STAGE)$(ZSHDIR) $(STAGE)$(FISHDIR)
	@install -m 755 $(B)/cs-index $(B)/cs-search $(STAGE)$(BINDIR)
	@install -m 755 $(B)/cs-extract $(STAGE)$(LIBEXECDIR)
	@install -m 644 $(B)/$(SONAME) $(B)/csearch_sqlite.so $(B)/libcsearch.a $(STAGE)$(LIBDIR)
	@ln -sf $(SONAME) $(STAGE)$(LIBDIR)/libcsearch.so
	@install -m 644 $(B)/csearch.pc $(STAGE)$(LIBDIR)/pkgconfig
	@install -m 644 include/csearch.h $(STAGE)$(INCLUDEDIR)
	@install -m 644 include/csearch/*.h $(STAGE)$(INCLUDEDIR)/csearch
	@install -m 644 $(SCHEMAS) $(STAGE)$(DATADIR)/cs-search/schemas
	@install -m 644 examples/* $(STAGE)$(DOCDIR)/examples
	@install -m 644 $(B)/completion/cs-index $(B)/completion/cs-search $(STAGE)$(BASHDIR)
	@install -m 644 $(B)/completion/_cs-index $(B)/completion/_cs-search $(STAGE)$(ZSHDIR)
	@install -m 644 $(B)/completion/*.fish $(STAGE)$(FISHDIR)
	@for page in $(MANUALS); do install -D -m 644 $$page $(STAGE)$(MANDIR)/man$${page##*.}/$${page##*/}; done
	tools/install-tree.sh add $(STAGE) "$(DESTDIR)" $(MANIFEST)

.PHONY: uninstall
uninstall: ## remove what install put there (the same PREFIX and DESTDIR)
	tools/install-tree.sh remove "$(DESTDIR)" $(MANIFEST)

# The same files give the same archive, byte for byte, whoever makes it, when and where: its dates are that of the last
# commit or, without git, that of the archive it was unpacked from.
DIST      := cs-search-$(VERSION)
DIST_DATE  = $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null || stat -c %Y Makefile))
DIST_FILES = { git ls-files 2>/dev/null | grep . || find . -path ./build -prune -o ! -type d -print | sed 's|^\./||'; }

.PHONY: dist
dist: ## make build/cs-search-VERSION.tar.xz, the same bytes every time
	@mkdir -p build
	@$(DIST_FILES) | LC_ALL=C sort | tar --create --file=build/$(DIST).tar --no-recursion --files-from=- --format=ustar \
	  --transform='s|^|$(DIST)/|' --mtime=@$(DIST_DATE) --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX
	@xz --force --threads=1 -6 build/$(DIST).tar
	@sha256sum build/$(DIST).tar.xz

.PHONY: deb
deb: dist ## make Debian packages in build/deb (cs-search, libcsearch0, libcsearch-dev)
	@tools/deps.sh build deb
	@rm -rf build/deb && mkdir -p build/deb
	@cp build/$(DIST).tar.xz build/deb/cs-search_$(VERSION).orig.tar.xz
	@tar --extract --file=build/$(DIST).tar.xz --directory=build/deb
	cd build/deb/$(DIST) && env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS DEB_BUILD_OPTIONS="nocheck parallel=$(shell nproc) $(DEB_BUILD_OPTIONS)" \
	  dpkg-buildpackage --unsigned-source --unsigned-changes --build=full
	@ls build/deb/*.deb

# What a release promises to programs built with it; tests/contract/abi.sh holds later versions against it.
.PHONY: abi
abi: all ## write down the ABI that is promised from now on; do so when tagging a release
	abidw --no-corpus-path --no-comp-dir-path --no-show-locs --drop-undefined-syms --drop-private-types --headers-dir include \
	  --out-file abi/libcsearch.abi $(B)/$(SONAME)
	{ echo '$(SONAME) libcsearch0 #MINVER#'; echo '* Build-Depends-Package: libcsearch-dev'; \
	  nm -D --defined-only --with-symbol-versions $(B)/$(SONAME) | awk '$$3 == "CSEARCH_0" { $$3 = "CSEARCH_0@CSEARCH_0" } { sub(/@@/, "@", $$3); print " " $$3, "$(VERSION)" }' | LC_ALL=C sort; \
	} > debian/libcsearch0.symbols

.PHONY: demo
demo: ## install what is missing, build, index corpus/, show a search and a timeline
	@tools/deps.sh build
	@$(MAKE) --no-print-directory all
	@rm -f $(B)/demo.db
	@echo; echo '$$ cs-index -d demo.db corpus/herefordshire'
	@$(B)/cs-index -d $(B)/demo.db corpus/herefordshire
	@echo; echo '$$ cs-search -d demo.db "unaccompanied asylum"'
	@$(B)/cs-search -d $(B)/demo.db "unaccompanied asylum"
	@echo; echo '$$ cs-search -d demo.db --timeline --authority Herefordshire "unaccompanied asylum"'
	@$(B)/cs-search -d $(B)/demo.db --timeline --authority Herefordshire "unaccompanied asylum"
	@echo; echo 'Now your own papers: $(B)/cs-index FOLDER, then $(B)/cs-search QUESTION'

.PHONY: test
test: all tests-programs ## run the tests of this flavour
	@BUILD=$(B) tests/run.sh $(UNIT) $(SCRIPTS) $(CONTRACTS)

.PHONY: tests-programs
tests-programs: $(UNIT) $(TONE_LINES) $(TEST_TOOLS)

.PHONY: asan
asan: ## unit, hostile and command-line tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory FLAVOUR=asan all tests-programs
	@BUILD=build/asan tests/run.sh $(addprefix build/asan/tests/,$(UNIT_TESTS)) $(sort $(wildcard tests/cli/*.sh tests/hostile/*.sh))

TSAN_SECONDS ?= 60
.PHONY: tsan
tsan: ## readers and a writer in threads for a minute, under ThreadSanitizer (TSAN_SECONDS)
	@$(MAKE) --no-print-directory FLAVOUR=tsan build/tsan/cs-extract build/tsan/tests/test_threads
	@BUILD=build/tsan CS_THREADS_SECONDS=$(TSAN_SECONDS) tests/run.sh build/tsan/tests/test_threads

.PHONY: clang
clang: ## build everything with clang, warnings as errors
	@$(MAKE) --no-print-directory FLAVOUR=clang all tests-programs

.PHONY: lint
lint: ## check formatting and manuals
	clang-format --dry-run -Werror $(shell find . -path ./build -prune -o -name '*.[ch]' -print)

# What speed is measured with: our own matcher and its peers, each a program of its own.
BENCH_PROGRAMS := $(addprefix $(B)/bench/,export classes search whole updates copies timeline) $(B)/bench/fts5 $(B)/bench/xapian
$(B)/bench/%: bench/%.c bench/bench.h $(B)/libcsearch.a
	@mkdir -p $(@D)
	$(call say,BENCH,$<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(B)/libcsearch.a $(LIBS)
$(B)/bench/fts5: bench/peers/fts5.c bench/bench.h $(B)/libcsearch.a
	@mkdir -p $(@D)
	$(call say,BENCH,$<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(B)/libcsearch.a $(LIBS)
$(B)/bench/xapian: bench/peers/xapian.cc
	@mkdir -p $(@D)
	$(call say,BENCH,$<)
	$(Q)$(CXX) -std=c++17 -O2 -Wall -Wextra -o $@ $< -lxapian

.PHONY: bench
bench: ## measure speed, memory and size beside peers (BENCH="index jsonl cold unchanged search growth updates timeline")
	@tools/deps.sh build bench
	@$(MAKE) --no-print-directory all $(BENCH_PROGRAMS)
	@BUILD=$(B) bench/run.py $(BENCH)

.PHONY: screenshots
screenshots: all ## make the pictures of README.md anew (docs/*.png)
	@BUILD=$(B) tools/screenshots.sh

.PHONY: rank
rank: all ## measure the constants of ranking on ../shared/ir again, with their neighbours (some 20 minutes)
	@tests/rank/tune.py $(B) ../shared

.PHONY: man
man: ## lint the manuals, and render them as text below build/man
	@mkdir -p build/man
	@for page in $(MANUALS); do mandoc -Tlint -W warning $$page && mandoc -Tutf8 -O width=78 $$page > build/man/$${page##*/}.txt || exit 1; done
	@ls build/man/*.txt

.PHONY: manuals
manuals: ## make the manual page of each public header from the header
	@for header in include/csearch/*.h; do tools/header_manual.py $$header > man/csearch_$$(basename $$header .h).3 || exit 1; done

.PHONY: check
check: ## install what is missing, build with gcc and clang, run all tests, also under sanitizers
	@tools/deps.sh build check
	@$(MAKE) --no-print-directory lint clang
	@$(MAKE) --no-print-directory asan
	@$(MAKE) --no-print-directory tsan
	@$(MAKE) --no-print-directory test
	@tests/run.sh $(sort $(wildcard tests/package/*.sh))

.PHONY: clean
clean: ## remove what was built
	rm -rf build

.PHONY: help
help: ## print this
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14

-include $(shell find $(B) -name '*.d' -type f 2>/dev/null)
