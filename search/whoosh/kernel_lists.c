/* Postings as they are stored. */
#include "kernel.h"

/* Rows of lists that lie end to end: `low` has the lower half of each of n rows, `steps` pairs of (upper half, rows less one) of the
 * stretches that share an upper half. Returns how many there are: n, or DAMAGED where the steps tell of more or fewer. */
int64_t onrecord_unpack(const uint16_t *low, int64_t n, const uint16_t *steps, int64_t many, uint32_t *rows)
{
    int64_t at = 0;
    for (int64_t step = 0; step < many; step++) {
        uint32_t high = (uint32_t)steps[2 * step] << 16;
        int64_t end = at + steps[2 * step + 1] + 1;
        if (end > n) return DAMAGED;
        for (; at < end; at++) rows[at] = high | low[at];
    }
    return at == n ? n : DAMAGED;
}
