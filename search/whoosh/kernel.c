/* Rows of lists: in both, in one of another, in any. */
#include "kernel.h"

const char onrecord_source[] = SOURCE;

/* Rows in both of two ascending lists; returns how many. */
int64_t onrecord_intersect(const int64_t *few, int64_t n, const int64_t *many, int64_t m, int64_t *out)
{
    int64_t at = 0, found = 0;
    if (n * 8 < m) {
        for (int64_t i = 0; i < n; i++) {
            int64_t wanted = few[i], step = 1, low = at, high = at;
            while (high < m && many[high] < wanted) {
                low = high + 1;
                high += step;
                step <<= 1;
            }
            if (high > m) high = m;
            while (low < high) {
                int64_t middle = (low + high) >> 1;
                if (many[middle] < wanted) low = middle + 1;
                else high = middle;
            }
            at = low;
            if (at == m) break;
            if (many[at] == wanted) out[found++] = wanted;
        }
        return found;
    }
    for (int64_t i = 0; i < n && at < m;) {
        int64_t a = few[i], b = many[at];
        out[found] = a;
        found += a == b;
        i += a <= b;
        at += b <= a;
    }
    return found;
}

/* Which of some rows are in a word's list; returns how many. */
int64_t onrecord_within(const int64_t *rows, int64_t n, const uint32_t *list, int64_t found, int64_t base, int64_t *out)
{
    int64_t at = 0, kept = 0;
    if (n * 8 >= found) {
        for (int64_t i = 0; i < n && at < found;) {
            int64_t a = rows[i], b = base + list[at];
            out[kept] = a;
            kept += a == b;
            i += a <= b;
            at += b <= a;
        }
        return kept;
    }
    for (int64_t i = 0; i < n; i++) {
        int64_t inside = rows[i] - base;
        if (inside < 0) continue;
        if (inside > UINT32_MAX) break;
        at = lower_bound(list, at, found, (uint32_t)inside);
        if (at == found) break;
        if (list[at] == (uint32_t)inside) out[kept++] = rows[i];
    }
    return kept;
}

/* Marks rows of a list in a bitmap of 64 to a word. */
int64_t onrecord_mark(const uint32_t *list, int64_t n, int64_t base, int64_t all_rows, uint64_t *bits)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t row = base + list[i];
        if (row >= all_rows) return DAMAGED;
        bits[row >> 6] |= (uint64_t)1 << (row & 63);
    }
    return 0;
}

int64_t onrecord_mark_wide(const int64_t *list, int64_t n, int64_t all_rows, uint64_t *bits)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t row = list[i];
        if (row < 0 || row >= all_rows) return DAMAGED;
        bits[row >> 6] |= (uint64_t)1 << (row & 63);
    }
    return 0;
}

/* How many bits are set. */
int64_t onrecord_marked(const uint64_t *bits, int64_t words)
{
    int64_t found = 0;
    for (int64_t i = 0; i < words; i++) found += __builtin_popcountll(bits[i]);
    return found;
}

/* Rows of a bitmap, ascending, and the bitmap back to zero. */
int64_t onrecord_collect(uint64_t *bits, int64_t words, int64_t *out)
{
    int64_t found = 0;
    for (int64_t i = 0; i < words; i++) {
        uint64_t word = bits[i];
        bits[i] = 0;
        while (word) {
            out[found++] = (i << 6) + __builtin_ctzll(word);
            word &= word - 1;
        }
    }
    return found;
}

/* The number of the first of some ascending words, ended by a newline each, that is not before `wanted`. */
int64_t onrecord_place(const char *text, int64_t text_size, const uint32_t *at, int64_t words, const char *wanted, int64_t size)
{
    int64_t low = 0, high = words;
    while (low < high) {
        int64_t middle = (low + high) >> 1;
        int64_t begin = at[middle], many = (int64_t)at[middle + 1] - begin - 1;
        if (many < 0 || begin + many > text_size) return DAMAGED;
        int order = memcmp(text + begin, wanted, (size_t)(many < size ? many : size));
        if (order < 0 || (order == 0 && many < size)) low = middle + 1;
        else high = middle;
    }
    return low;
}
