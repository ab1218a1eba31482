/* SPDX-License-Identifier: MIT */
/* cs-index: reads the command line and hands it to the mode that it asks for. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/completion.h"
#include "cli/index_path.h"
#include "indexer/cli_index.h"
#include "indexer/render_list.h"

void cs__complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("cs-index: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

int cs__complain_of(const cs_error *error)
{
    fputs("cs-index: ", stderr);
    cs__terminal_print(stderr, error->message, strlen(error->message));
    fputc('\n', stderr);
    return CS__EXIT_NOTHING;
}

/* The user's own data folder may not be there yet; a folder that was named must be. */
static void make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0755);
        *slash = '/';
    }
}

static int choose(struct cs__index_cli *cli)
{
    int lists = cli->list + cli->visits + cli->recommendations + cli->check;
    int looks = lists + cli->stats + cli->verify;
    int changes = cli->prune || cli->optimize || cli->remove.count > 0;
    if (looks > 1 || (looks == 1 && changes)) {
        cs__complain(
            "one of --list, --visits, --recommendations, --check, --stats, --verify at a time, by itself");
        return CS__EXIT_NOTHING;
    }
    if (cli->format != CS__LIST_TEXT && looks == 0) {
        cs__complain("--format is for --list, --visits, --recommendations, --check and --stats");
        return CS__EXIT_NOTHING;
    }
    if (cli->path_count > 0 && (cli->visits || cli->stats || cli->verify)) {
        cs__complain("--visits, --stats and --verify are about the whole index and take no PATH");
        return CS__EXIT_NOTHING;
    }
    if (lists == 1)
        return cs__index_list(cli);
    if (cli->stats)
        return cs__index_stats(cli);
    if (cli->verify)
        return cs__index_verify(cli);
    if (cli->path_count == 0 && !changes) {
        cs__complain("what is to be indexed? Give a file or folder; `cs-index --help` tells more");
        return CS__EXIT_NOTHING;
    }
    if (cli->path_count == 0 && access(cli->path, F_OK) != 0) {
        cs__complain("there is no index at %s: make one with `cs-index -d %s PATH...`", cli->path, cli->path);
        return CS__EXIT_NOTHING;
    }
    if (cli->index == NULL && getenv("CS_INDEX") == NULL && !cli->dry_run)
        make_folders(cli->path);
    return cs__index_run(cli);
}

static int run(struct cs__index_cli *cli)
{
    cli->path = cs__index_path(cli->index);
    if (cli->path == NULL) {
        cs__complain("there is no place for an index: give one with -d FILE");
        return CS__EXIT_NOTHING;
    }
    int result = choose(cli);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        cs__complain("writing failed: %s", strerror(errno));
        result = CS__EXIT_NOTHING;
    }
    free(cli->path);
    return result;
}

int main(int argc, char **argv)
{
    struct cs__index_cli cli = {0};
    char message[CS__OPTION_MESSAGE_SIZE];
    int result = CS__EXIT_OK;
    if (cs__completion_asked(&cs__index_program, argc, argv))
        return result;
    switch (cs__options_parse(&cs__index_program, argc, argv, &cli, &cli.path_count, message)) {
    case CS__PARSED_HELP:
        cs__options_help(&cs__index_program, stdout, cs__terminal_width(stdout));
        break;
    case CS__PARSED_VERSION:
        printf("cs-index %s\n", cs_version());
        break;
    case CS__PARSED_ERROR:
        cs__complain("%s", message);
        result = CS__EXIT_NOTHING;
        break;
    case CS__PARSED_RUN:
        cli.paths = argv;
        result = run(&cli);
        break;
    }
    cs__options_free(&cs__index_program, &cli);
    return result;
}
