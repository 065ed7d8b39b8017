/* Filters over rows, 64 at a time. */
#ifndef ONRECORD_KERNEL_SIEVE_H
#define ONRECORD_KERNEL_SIEVE_H

#include "kernel.h"

#define GROUPS 16
enum { CODED, BETWEEN, DAYS, SURE };

typedef struct {
    int64_t kind, group;
    const uint8_t *table;                 /* CODED, BETWEEN: rows of codes side by side; DAYS: uint32, SURE: float by row */
    int64_t stride, offset, width;        /* where in the table the code of a row is */
    const uint8_t *fits;                  /* by code */
    int64_t codes, wanted;                /* how many codes there are; what `fits` must say */
    int64_t low, high;                    /* codes or days, both included */
    double least;
} Condition;

/* Rows that fail the conditions of one group only are counted apart, for the facet that leaves its own filters aside. */
typedef struct {
    const Condition *conditions;
    int64_t n, groups;
    const uint8_t *table;                 /* rows of codes side by side */
    int64_t stride;
    int64_t *tally[GROUPS];               /* of rows that fail this group only: how many have each code in a column; or NULL */
    int64_t offset[GROUPS], width[GROUPS], codes[GROUPS]; /* of that column */
} Sieve;

/* Asks for what is known of a row that will be judged soon. */
static inline void foresee(const Sieve *sieve, int64_t row)
{
    const Condition *one = sieve->conditions;
    if (sieve->n && one->kind <= BETWEEN) __builtin_prefetch(one->table + row * one->stride);
}

/* Which of up to 64 rows pass every filter, a bit for each; DAMAGED where a code is none. The rows must be there. */
int64_t onrecord_sift64(const Sieve *sieve, const int64_t *rows, int64_t n, uint64_t *passed) __attribute__((visibility("hidden")));

#endif
