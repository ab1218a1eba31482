/* SPDX-License-Identifier: MIT */
/* cs-search: reads the command line and hands it to the mode that it asks for. */
#include <stdio.h>

#include "cli/completion.h"
#include "cli/terminal.h"
#include "query/cli_search.h"

/* One mode is asked for; without any of those with an option, it is a plain search. */
static const struct mode {
    const char *option; /* that asks for it; NULL for a plain search */
    int (*is_asked)(const struct cs__search_cli *cli);
    int (*run)(const struct cs__search_cli *cli);
} modes[] = {
    {"--serve", cs__serve_is_asked, cs__serve_run},
    {"--batch", cs__batch_is_asked, cs__batch_run},
    {"--tone", cs__tone_is_asked, cs__tone_run},
    {"--timeline", cs__timeline_is_asked, cs__timeline_run},
    {"--themes", cs__themes_is_asked, cs__themes_run},
    {"--compare", cs__compare_is_asked, cs__compare_run},
    {"--follow-up", cs__follow_up_is_asked, cs__follow_up_run},
    {NULL, cs__search_is_asked, cs__search_run},
};

static int run(const struct cs__search_cli *cli)
{
    const struct mode *mode = NULL;
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        if (!modes[i].is_asked(cli) || (mode != NULL && modes[i].option == NULL))
            continue;
        if (mode != NULL) {
            cs__complain("%s and %s can't be asked for together", mode->option, modes[i].option);
            return CS__EXIT_ERROR;
        }
        mode = &modes[i];
    }
    if (mode != NULL)
        return mode->run(cli);
    cs__complain("what is to be searched for? See `cs-search --help`");
    return CS__EXIT_ERROR;
}

int main(int argc, char **argv)
{
    struct cs__search_cli cli = {0};
    char message[CS__OPTION_MESSAGE_SIZE];
    int status = CS__EXIT_FOUND;
    if (cs__completion_asked(&cs__search_program, argc, argv))
        return status;
    switch (cs__options_parse(&cs__search_program, argc, argv, &cli, &cli.word_count, message)) {
    case CS__PARSED_HELP:
        cs__options_help(&cs__search_program, stdout, cs__terminal_width(stdout));
        break;
    case CS__PARSED_VERSION:
        printf("cs-search %s\n", cs_version());
        break;
    case CS__PARSED_ERROR:
        cs__complain("%s", message);
        status = CS__EXIT_ERROR;
        break;
    case CS__PARSED_RUN:
        cli.words = argv;
        status = run(&cli);
        break;
    }
    cs__options_free(&cs__search_program, &cli);
    return status;
}
