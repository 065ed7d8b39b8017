/* Counting: from rows to tallies of what they are. */
#include "kernel.h"

#define BLOCK 512

/* Tallies of codes that lie side by side: for each of `columns` columns (offset and width in a row of `stride` bytes) how many of
 * `rows` have each code. */
int64_t onrecord_count(const uint8_t *table, int64_t table_rows, int64_t stride, const int64_t *rows, int64_t n,
                       int64_t columns, const int64_t *offsets, const int64_t *widths, const int64_t *sizes, int64_t **tallies)
{
    uint8_t block[BLOCK * 32];
    if (stride > 32) return UNFIT;
    for (int64_t begin = 0; begin < n; begin += BLOCK) {
        int64_t many = n - begin < BLOCK ? n - begin : BLOCK;
        for (int64_t i = 0; i < many; i++) {
            int64_t row = rows[begin + i];
            if (row < 0 || row >= table_rows) return DAMAGED;
            if (begin + i + 24 < n) __builtin_prefetch(table + rows[begin + i + 24] * stride);
            if (stride == 16) memcpy(block + i * 16, table + row * 16, 16);
            else memcpy(block + i * stride, table + row * stride, (size_t)stride);
        }
        for (int64_t c = 0; c < columns; c++) {
            const uint8_t *at = block + offsets[c];
            int64_t size = sizes[c], *tally = tallies[c];
            if (widths[c] == 1) {
                for (int64_t i = 0; i < many; i++, at += stride) {
                    if (*at >= size) return DAMAGED;
                    tally[*at]++;
                }
            } else if (widths[c] == 2) {
                for (int64_t i = 0; i < many; i++, at += stride) {
                    uint16_t code;
                    memcpy(&code, at, 2);
                    if (code >= size) return DAMAGED;
                    tally[code]++;
                }
            } else {
                for (int64_t i = 0; i < many; i++, at += stride) {
                    uint32_t code;
                    memcpy(&code, at, 4);
                    if ((int64_t)code >= size) return DAMAGED;
                    tally[code]++;
                }
            }
        }
    }
    return 0;
}

/* Tallies of lists of values -> tallies of the values: list i is flat[at[i] .. at[i + 1]]. */
int64_t onrecord_expand(const int64_t *by_list, int64_t lists, const uint32_t *at, const uint32_t *flat, int64_t flat_size,
                        int64_t *tally, int64_t size)
{
    for (int64_t i = 0; i < lists; i++) {
        if (!by_list[i]) continue;
        int64_t begin = at[i], end = at[i + 1];
        if (begin > end || end > flat_size) return DAMAGED;
        for (; begin < end; begin++) {
            if ((int64_t)flat[begin] >= size) return DAMAGED;
            tally[flat[begin]] += by_list[i];
        }
    }
    return 0;
}

/* The `most` largest of a tally from `first` on, largest first, equal ones by number; returns how many are above 0. */
int64_t onrecord_largest(const int64_t *tally, int64_t first, int64_t size, int64_t most, int64_t *numbers, int64_t *counts)
{
    int64_t above = 0, kept = 0;
    for (int64_t i = first; i < size; i++) {
        int64_t count = tally[i];
        if (count <= 0) continue;
        above++;
        if (kept == most && (most == 0 || count <= counts[kept - 1])) continue;
        int64_t at = kept < most ? kept++ : kept - 1;
        while (at > 0 && counts[at - 1] < count) {
            counts[at] = counts[at - 1];
            numbers[at] = numbers[at - 1];
            at--;
        }
        counts[at] = count;
        numbers[at] = i;
    }
    return above;
}
