/* SPDX-License-Identifier: MIT */
/* Which part of a page is the article. Source of the idea to weigh prose against links: Arc90's Readability.
 */
#include "indexer/extract/html_main.h"

#include <ctype.h>
#include <string.h>

/* Beginnings of words in class, id and role that name furniture, as content systems of papers and councils
 * call it; a hyphen at the end asks for the whole word. "social" alone is none: this is about social work. */
static const char *const furniture_names[] = {"-ad-",
                                              "-ad-slot",
                                              "-ad-unit",
                                              "-ads-",
                                              "-advert",
                                              "-alertdialog-",
                                              "-also-like",
                                              "-author-bio",
                                              "-back-to-top",
                                              "-banner-",
                                              "-breadcrumb",
                                              "-call-to-action",
                                              "-carousel",
                                              "-comment-form-",
                                              "-comment-list-",
                                              "-comments",
                                              "-complementary-",
                                              "-consent",
                                              "-contentinfo-",
                                              "-cookie",
                                              "-cta-",
                                              "-dialog-",
                                              "-disqus",
                                              "-donate",
                                              "-feedback-",
                                              "-follow-us",
                                              "-footer-",
                                              "-gdpr",
                                              "-jobs-",
                                              "-letters-",
                                              "-listen-live",
                                              "-login-",
                                              "-masthead",
                                              "-menu-",
                                              "-modal-",
                                              "-more-news",
                                              "-more-on-",
                                              "-more-stories",
                                              "-most-popular",
                                              "-most-read",
                                              "-mostread",
                                              "-nav-",
                                              "-navbar",
                                              "-navigation-",
                                              "-newsletter",
                                              "-outbrain",
                                              "-page-footer",
                                              "-pager-",
                                              "-pagination",
                                              "-paywall",
                                              "-popup",
                                              "-promo-",
                                              "-promos-",
                                              "-read-more",
                                              "-read-next",
                                              "-readmore",
                                              "-recommend",
                                              "-related",
                                              "-rss-",
                                              "-screen-reader",
                                              "-search-form",
                                              "-share-",
                                              "-sharebar",
                                              "-sharing-",
                                              "-sidebar",
                                              "-sign-up-",
                                              "-signup-",
                                              "-site-header",
                                              "-site-search",
                                              "-skip-",
                                              "-skip-link",
                                              "-skiplink",
                                              "-social-icons-",
                                              "-social-links-",
                                              "-social-media-",
                                              "-social-share-",
                                              "-socials-",
                                              "-sponsor",
                                              "-sr-only",
                                              "-subscri",
                                              "-survey-",
                                              "-taboola",
                                              "-taglist",
                                              "-teaser",
                                              "-ticker-",
                                              "-toast-",
                                              "-toolbar",
                                              "-trending",
                                              "-visually-hidden",
                                              "-visuallyhidden",
                                              NULL};

/* Appends the words of an attribute, in lower case, each behind a hyphen: "relatedPosts box" gives
 * "-related-posts-box". */
static size_t append_words(char *out, size_t size, size_t used, const char *value)
{
    char before = ' ';
    for (; *value != '\0' && used + 3 < size; before = *value++) {
        unsigned char c = (unsigned char)*value;
        int starts = !isalnum((unsigned char)before) || (isupper(c) && islower((unsigned char)before));
        if (!isalnum(c))
            continue;
        if (starts)
            out[used++] = '-';
        out[used++] = (char)tolower(c);
    }
    return used;
}

static int is_named_furniture(const struct cs__html_node *node)
{
    enum { SIZE = 512 };
    char words[SIZE];
    size_t used = append_words(words, SIZE - 1, 0, cs__html_attribute(node, "class"));
    used = append_words(words, SIZE - 1, used, cs__html_attribute(node, "id"));
    used = append_words(words, SIZE - 1, used, cs__html_attribute(node, "role"));
    words[used++] = '-';
    words[used] = '\0';
    for (const char *const *name = furniture_names; *name != NULL; name++)
        if (strstr(words, *name) != NULL)
            return 1;
    return 0;
}

/* Lists and boxes of links lead away from the article. */
static int is_mostly_links(const struct cs__html_node *node, GumboTag tag)
{
    if (tag != GUMBO_TAG_UL && tag != GUMBO_TAG_OL && tag != GUMBO_TAG_DIV && tag != GUMBO_TAG_SECTION)
        return 0;
    return node->letters > 0 && node->link_letters * 10 > node->letters * 7;
}

/* Of a page made by one big form (as some content systems do), the form is no furniture. */
static int is_furniture(const struct cs__html_tree *tree, const struct cs__html_node *node)
{
    GumboTag tag = node->tag;
    int is_large = node->letters * 2 > tree->nodes[0].letters;
    switch (tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_FIGCAPTION:
        return 1;
    case GUMBO_TAG_FORM:
        return !is_large;
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_LAST:
        return 0;
    default:
        return !is_large && (is_named_furniture(node) || is_mostly_links(node, tag));
    }
}

static void mark_furniture(struct cs__html_tree *tree)
{
    for (uint32_t i = 1; i < tree->count; i++) {
        struct cs__html_node *node = &tree->nodes[i];
        if (node->fate == CS__HTML_HIDDEN)
            continue;
        node->furniture = tree->nodes[node->parent].furniture || is_furniture(tree, node);
        if (node->furniture)
            node->fate = CS__HTML_SITE;
    }
}

static int ends_a_sentence(const struct cs__html_tree *tree, const struct cs__html_node *node)
{
    const struct cs__html_node *first = tree->nodes + (node - tree->nodes);
    for (const struct cs__html_node *at = first; at < tree->nodes + node->end; at++) {
        const char *text = cs__html_text(at);
        if (text != NULL &&
            (strstr(text, ". ") != NULL || strstr(text, ".\n") != NULL || strchr(text, ',') != NULL ||
             (text[0] != '\0' && strchr(".!?", text[strlen(text) - 1]) != NULL)))
            return 1;
    }
    return 0;
}

/* Blocks that read like sentences, furniture left out; added up to the root. */
static void weigh_prose(struct cs__html_tree *tree)
{
    enum { SHORT = 60 };
    for (uint32_t i = tree->count; i-- > 1;) {
        struct cs__html_node *node = &tree->nodes[i];
        GumboTag tag = node->tag;
        int is_block = tag == GUMBO_TAG_P || tag == GUMBO_TAG_LI || tag == GUMBO_TAG_TD ||
                       tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_BLOCKQUOTE || tag == GUMBO_TAG_DD ||
                       tag == GUMBO_TAG_DIV;
        if (is_block && node->prose == 0 && node->fate == CS__HTML_ARTICLE && node->letters >= SHORT &&
            node->link_letters * 2 < node->letters && ends_a_sentence(tree, node))
            node->prose = node->letters;
        tree->nodes[node->parent].prose += node->prose;
    }
}

/* How plainly the page says that this is the article; 0: it does not. */
static int claim(const struct cs__html_node *node)
{
    const char *class_name = cs__html_attribute(node, "class");
    if (strstr(cs__html_attribute(node, "itemprop"), "articleBody") != NULL)
        return 3;
    if (node->tag == GUMBO_TAG_ARTICLE || strcmp(cs__html_attribute(node, "role"), "article") == 0 ||
        strstr(class_name, "article-body") != NULL || strstr(class_name, "article__body") != NULL)
        return 2;
    return node->tag == GUMBO_TAG_MAIN || strcmp(cs__html_attribute(node, "role"), "main") == 0;
}

/* The plainest claim that at least half of all prose bears out; of equals the one with the most prose. 0:
 * none. */
static uint32_t claimed(const struct cs__html_tree *tree)
{
    uint32_t best = 0;
    int best_claim = 0;
    for (uint32_t i = 1; i < tree->count; i++) {
        const struct cs__html_node *node = &tree->nodes[i];
        int own = node->fate == CS__HTML_ARTICLE ? claim(node) : 0;
        if (own == 0 || node->prose * 2 < tree->nodes[0].prose)
            continue;
        if (own > best_claim || (own == best_claim && node->prose > tree->nodes[best].prose)) {
            best = i;
            best_claim = own;
        }
    }
    return best;
}

/* The smallest element below `i` that holds nearly all of its prose. */
static uint32_t narrow(const struct cs__html_tree *tree, uint32_t i)
{
    uint32_t prose = tree->nodes[i].prose;
    for (uint32_t at = i + 1; at < tree->nodes[i].end;) {
        const struct cs__html_node *node = &tree->nodes[at];
        GumboTag tag = node->tag;
        int is_box = tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_SECTION || tag == GUMBO_TAG_BODY ||
                     tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_TABLE ||
                     tag == GUMBO_TAG_TBODY || tag == GUMBO_TAG_TR || tag == GUMBO_TAG_TD ||
                     tag == GUMBO_TAG_FORM;
        if (node->prose * 20 >= prose * 19 && (is_box || tag == GUMBO_TAG_CENTER)) {
            i = at++;
            continue;
        }
        at = node->end;
    }
    return i;
}

/* A page's title often stands above its article: the nearest heading of the first level there that is no
 * furniture; 0: none. */
static uint32_t find_title(const struct cs__html_tree *tree, uint32_t main)
{
    uint32_t title = 0;
    for (uint32_t i = 1; i < tree->nodes[main].end; i++) {
        if (tree->nodes[i].tag != GUMBO_TAG_H1 || tree->nodes[i].fate != CS__HTML_ARTICLE)
            continue;
        if (i > main)
            return 0;
        title = i;
    }
    return title;
}

static void keep_only(struct cs__html_tree *tree, uint32_t main, uint32_t title)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        int in_main = i >= main && i < tree->nodes[main].end;
        int in_title = title > 0 && i >= title && i < tree->nodes[title].end;
        if (!in_main && !in_title && tree->nodes[i].fate == CS__HTML_ARTICLE)
            tree->nodes[i].fate = CS__HTML_SITE;
    }
}

void cs__html_find_main(struct cs__html_tree *tree)
{
    enum { SHORT_PAGE = 600 }; /* letters of prose; of less, every word counts */
    mark_furniture(tree);
    weigh_prose(tree);
    if (tree->count == 0 || tree->nodes[0].prose == 0)
        return;
    uint32_t main = claimed(tree);
    if ((main == 0 || claim(&tree->nodes[main]) == 1) && tree->nodes[main].prose >= SHORT_PAGE)
        main = narrow(tree, main);
    keep_only(tree, main, find_title(tree, main));
}
