package io.podcapture.spi;

/**
 * Remembers what must be undone.
 *
 * @since 0.1
 */
public interface CleanupScope {
    /**
     * Remembers to undo something. Cleanups run once, the last one first, whatever happened; one that an interrupt hits runs
     * once more, so it must bear that. One that fails makes what it
     * names a leftover of the result.
     *
     * @param what what would be left over, in words, for instance {@code pod tools/helper-1}
     */
    void onCleanup(String what, Cleanup action);

    /**
     * Names something that stays and cannot be removed.
     *
     * @param what what stays
     * @param why why it cannot be removed
     */
    void remains(String what, String why);

    /** Undoes one thing. */
    @FunctionalInterface
    interface Cleanup {
        /** Undoes it; may block for a few seconds. */
        void run() throws Exception;
    }
}
