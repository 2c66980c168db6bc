/* Memory for what is too large for a stack: threads of Python may have one of 64 KiB. */
#ifndef RAPTORS_WORKSPACE_H
#define RAPTORS_WORKSPACE_H

enum { WORKSPACE_BYTES = 288 << 10 };

/* A block, aligned for vectors and of any content: the calling thread's own, which lasts as long as the thread. Give it
 * back before anything is called that takes one too: a second block there is only one of, for all threads. */
void *workspace_take(void);
void workspace_give(void *workspace);

#endif
