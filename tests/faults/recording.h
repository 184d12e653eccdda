/* What is written down of the operations on files, see recording.c. */
enum kind { WRITTEN = 1, CUT, SYNCED, FOLDER_SYNCED, NAMED, UNNAMED, RENAMED, FOLDER_MADE, FOLDER_GONE, SAID };

int recording(void);
/* Between the two nobody else does anything, so that the order is that of the drive. */
void recording_lock(void);
void recording_unlock(void);
/* Where the next `write` would write. */
long recording_place(int fd);
void recorded(int kind, long file, long place, const void *data, long length, const char *name,
              const char *other);
void recorded_at(int kind, int fd, long place, const void *data, long length);
