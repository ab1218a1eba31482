/* SPDX-License-Identifier: MIT */
/* A parsed query in canonical form, for people (`read_as`) and for the test that reads it again. */
#include <stdio.h>

#include "query/parse.h"

static void print_node(const struct cs__node *node, int in_brackets, struct cs__buffer *out);

static int is_bare_value(const char *value)
{
    for (const char *at = value; *at != '\0'; at++) {
        if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 0x80 || *at == '(' || *at == ')')
            return 0;
    }
    return *value != '\0';
}

static void print_value(enum cs__query_field field, const char *value, struct cs__buffer *out)
{
    cs__buffer_printf(out, "%s:", cs__field_name(field));
    cs__buffer_printf(out, is_bare_value(value) ? "%s" : "\"%s\"", value);
}

static void print_leaf(const struct cs__node *node, struct cs__buffer *out)
{
    if (node->kind == CS__NODE_THEME) {
        print_value(CS__FIELD_THEME, node->typed, out);
        return;
    }
    if (node->exact)
        cs__buffer_char(out, '=');
    cs__buffer_printf(out, node->quoted ? "\"%s\"" : "%s", node->typed);
    if (node->kind == CS__NODE_PREFIX)
        cs__buffer_char(out, '*');
}

static void print_joined(const struct cs__node *node, const char *separator, struct cs__buffer *out)
{
    for (size_t i = 0; i < node->child_count; i++) {
        if (i > 0)
            cs__buffer_string(out, separator);
        print_node(node->children[i], 1, out);
    }
}

static void print_not(const struct cs__node *node, struct cs__buffer *out)
{
    const struct cs__node *from = node->children[0], *what = node->children[1];
    if (from->kind != CS__NODE_ALL) {
        /* `a b -c` excludes from both words, so a bag needs no brackets here. */
        print_node(from, from->kind != CS__NODE_BAG, out);
        cs__buffer_char(out, ' ');
    }
    cs__buffer_char(out, '-');
    print_node(what, 1, out);
}

static void print_inner(const struct cs__node *node, struct cs__buffer *out)
{
    switch (node->kind) {
    case CS__NODE_NEAR: {
        char separator[32];
        snprintf(separator, sizeof separator, " NEAR/%u ", node->distance);
        print_joined(node, separator, out);
        break;
    }
    case CS__NODE_AND:
        print_joined(node, " AND ", out);
        break;
    case CS__NODE_OR:
        print_joined(node, " OR ", out);
        break;
    case CS__NODE_BAG:
        print_joined(node, " ", out);
        break;
    case CS__NODE_NOT:
        print_not(node, out);
        break;
    case CS__NODE_GROUP:
        print_node(node->children[0], 0, out);
        break;
    default:
        break;
    }
}

static void print_node(const struct cs__node *node, int in_brackets, struct cs__buffer *out)
{
    if (node->child_count == 0) {
        print_leaf(node, out);
        return;
    }
    int brackets = in_brackets && node->kind != CS__NODE_GROUP;
    if (brackets)
        cs__buffer_char(out, '(');
    print_inner(node, out);
    if (brackets)
        cs__buffer_char(out, ')');
}

void cs__tree_print(const struct cs__node *tree, struct cs__buffer *out)
{
    if (tree != NULL)
        print_node(tree, 0, out);
}

void cs__query_print(const struct cs__query *query, struct cs__buffer *out)
{
    /* Fields stand beside the tree, and an OR would reach for them. */
    int brackets = query->tree != NULL && query->field_count > 0 &&
                   (query->tree->kind == CS__NODE_OR || query->tree->kind == CS__NODE_AND);
    if (query->tree != NULL)
        print_node(query->tree, brackets, out);
    for (size_t i = 0; i < query->field_count; i++) {
        const struct cs__field_value *field = &query->fields[i];
        if (i > 0 || query->tree != NULL)
            cs__buffer_char(out, ' ');
        if (field->negated)
            cs__buffer_char(out, '-');
        print_value(field->field, field->value, out);
    }
}
