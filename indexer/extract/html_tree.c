/* SPDX-License-Identifier: MIT */
/* gumbo's tree, flattened in document order. Nothing recurses: a page's nesting is its author's choice. */
#include "indexer/extract/html_tree.h"

#include <setjmp.h>
#include <string.h>

/* gumbo does not look whether it got memory, so running out of it is a jump past gumbo. All it took is in the
 * arena, and goes at once. */
struct memory {
    struct cs__arena *arena;
    size_t max_bytes;
    jmp_buf out;
};

static void *take(void *context, size_t size)
{
    struct memory *memory = context;
    void *bytes =
        memory->arena->bytes + size > memory->max_bytes ? NULL : cs__arena_alloc(memory->arena, size);
    if (bytes == NULL)
        longjmp(memory->out, 1);
    return bytes;
}

static void give_back(void *context, void *bytes)
{
    (void)context;
    (void)bytes;
}

static int is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

static const GumboVector *children(const GumboNode *node)
{
    static const GumboVector none = {0};
    return is_element(node) ? &node->v.element.children : &none;
}

static int is_text(const GumboNode *node)
{
    return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
           node->type == GUMBO_NODE_CDATA;
}

/* The node behind `node` and all below it, in document order; NULL at the end. */
static const GumboNode *following(const GumboNode *node, const GumboNode *root)
{
    while (node != root) {
        const GumboVector *siblings = children(node->parent);
        if (node->index_within_parent + 1 < siblings->length)
            return siblings->data[node->index_within_parent + 1];
        node = node->parent;
    }
    return NULL;
}

static const GumboNode *next(const GumboNode *node, const GumboNode *root)
{
    const GumboVector *below = children(node);
    return below->length > 0 ? below->data[0] : following(node, root);
}

static uint32_t count_letters(const char *text)
{
    uint32_t count = 0;
    for (; *text != '\0'; text++)
        count += (unsigned char)*text > ' ';
    return count;
}

static uint32_t count_nodes(const GumboNode *root)
{
    uint32_t count = 0;
    for (const GumboNode *node = root; node != NULL; node = next(node, root))
        count += is_element(node) || is_text(node);
    return count;
}

/* Scripts and the like, and what a style or attribute takes off the page. */
static int is_hidden(const struct cs__html_node *node)
{
    static const GumboTag tags[] = {
        GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_SVG,
        GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_EMBED,    GUMBO_TAG_CANVAS,   GUMBO_TAG_AUDIO,
        GUMBO_TAG_VIDEO,  GUMBO_TAG_HEAD,   GUMBO_TAG_TITLE,    GUMBO_TAG_SELECT,   GUMBO_TAG_TEXTAREA,
        GUMBO_TAG_BUTTON, GUMBO_TAG_INPUT,  GUMBO_TAG_DATALIST, GUMBO_TAG_RP};
    GumboTag tag = node->tag;
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (tags[i] == tag)
            return 1;
    if (!is_element(node->node))
        return 0;
    const GumboVector *attributes = &node->node->v.element.attributes;
    const char *style = cs__html_attribute(node, "style");
    return gumbo_get_attribute(attributes, "hidden") != NULL || strstr(style, "display:none") != NULL ||
           strstr(style, "display: none") != NULL ||
           strcmp(cs__html_attribute(node, "aria-hidden"), "true") == 0;
}

/* In document order, a node's parent is the last open one; ends are set when it is closed. */
static void flatten(struct cs__html_tree *tree, const GumboNode *root)
{
    uint32_t open = 0;
    for (const GumboNode *at = root; at != NULL; at = next(at, root)) {
        if (!is_element(at) && !is_text(at))
            continue;
        uint32_t i = tree->count++;
        struct cs__html_node *node = &tree->nodes[i];
        while (i > 0 && tree->nodes[open].node != at->parent && open != tree->nodes[open].parent) {
            tree->nodes[open].end = i;
            open = tree->nodes[open].parent;
        }
        *node = (struct cs__html_node){
            .node = at, .parent = open, .tag = is_element(at) ? at->v.element.tag : GUMBO_TAG_LAST};
        const struct cs__html_node *above = &tree->nodes[open];
        node->in_link = above->in_link || node->tag == GUMBO_TAG_A;
        node->fate = above->fate == CS__HTML_HIDDEN || is_hidden(node) ? CS__HTML_HIDDEN : CS__HTML_ARTICLE;
        if (is_element(at))
            open = i;
    }
    for (;; open = tree->nodes[open].parent) {
        tree->nodes[open].end = tree->count;
        if (open == tree->nodes[open].parent)
            break;
    }
}

/* From the last to the first, so that children come before their parents. */
static void measure(struct cs__html_tree *tree)
{
    for (uint32_t i = tree->count; i-- > 0;) {
        struct cs__html_node *node = &tree->nodes[i], *above = &tree->nodes[node->parent];
        const char *text = cs__html_text(node);
        if (text != NULL) {
            node->end = i + 1;
            node->letters = node->fate == CS__HTML_HIDDEN ? 0 : count_letters(text);
            node->link_letters = node->in_link ? node->letters : 0;
        }
        if (i > 0) {
            above->letters += node->letters;
            above->link_letters += node->link_letters;
        }
    }
}

int cs__html_tree_parse(struct cs__html_tree *tree, const char *html, size_t size, size_t max_bytes)
{
    struct memory memory = {.arena = &tree->arena, .max_bytes = max_bytes};
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = give_back;
    options.userdata = &memory;
    options.max_errors = 0;
    if (setjmp(memory.out) != 0)
        return 0;
    GumboOutput *output = gumbo_parse_with_options(&options, html, size);
    tree->nodes = cs__arena_array(&tree->arena, count_nodes(output->root), sizeof *tree->nodes);
    if (tree->nodes == NULL)
        return 0;
    flatten(tree, output->root);
    measure(tree);
    return 1;
}

void cs__html_tree_free(struct cs__html_tree *tree)
{
    cs__arena_free(&tree->arena);
    *tree = (struct cs__html_tree){0};
}

const char *cs__html_attribute(const struct cs__html_node *node, const char *name)
{
    if (!is_element(node->node))
        return "";
    const GumboAttribute *attribute = gumbo_get_attribute(&node->node->v.element.attributes, name);
    return attribute == NULL ? "" : attribute->value;
}

const char *cs__html_text(const struct cs__html_node *node)
{
    return is_text(node->node) ? node->node->v.text.text : NULL;
}
