/* What the compiled inner loops share. They are there where a C compiler was at hand. Each does what the NumPy form beside its
 * call does, to the last bit; the tests hold one to the other. Called by ctypes, without Python headers.
 *
 * Arrays come from files that may be damaged: every number read from one is checked before it is used as an index. A function
 * that meets a wrong one returns DAMAGED, and the caller falls back on NumPy, which tells what is wrong.
 */
#ifndef ONRECORD_KERNEL_H
#define ONRECORD_KERNEL_H

#include <stdint.h>
#include <string.h>

#define DAMAGED (-1)
#define UNFIT (-2)   /* a case that the NumPy form handles: counts above 255 */

/* The first place from `low` on whose number is not below `wanted`; quick where it is near. */
static inline int64_t lower_bound(const uint32_t *list, int64_t low, int64_t n, uint32_t wanted)
{
    int64_t step = 1, high = low;
    while (high < n && list[high] < wanted) {
        low = high + 1;
        high += step;
        step <<= 1;
    }
    if (high > n) high = n;
    while (low < high) {
        int64_t middle = (low + high) >> 1;
        if (list[middle] < wanted) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Whether a row comes before another: by score, then by rank, the lower the better. */
static inline int better(float score, uint32_t rank, float other, uint32_t other_rank)
{
    return score > other || (score == other && rank < other_rank);
}

/* The code of a row in a column; little-endian, as the files are. Quick where the width is known when it is compiled. */
static inline uint32_t code_at(const uint8_t *at, int64_t width)
{
    uint8_t one;
    uint16_t two;
    uint32_t four;
    if (width == 1) { memcpy(&one, at, 1); return one; }
    if (width == 2) { memcpy(&two, at, 2); return two; }
    memcpy(&four, at, 4);
    return four;
}

#endif
