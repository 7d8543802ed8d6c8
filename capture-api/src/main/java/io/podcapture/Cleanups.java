package io.podcapture;

import io.podcapture.spi.CleanupScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be undone, and what turned out to stay. Guarded by itself. */
final class Cleanups implements CleanupScope {
    private record Entry(String what, Cleanup action) {}

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<String> leftovers = new ArrayList<>();
    private boolean ran;

    @Override
    public void onCleanup(String what, Cleanup action) {
        Entry entry = new Entry(what, action);
        synchronized (this) {
            if (!ran) {
                entries.push(entry);
                return;
            }
        }
        // Made by a start that was given up: nobody else will undo it.
        undo(entry);
    }

    @Override
    public synchronized void remains(String what, String why) {
        leftovers.add(what + ": " + why);
    }

    void run() {
        for (Entry entry = next(); entry != null; entry = next()) {
            undo(entry);
        }
    }

    synchronized List<String> leftovers() {
        return List.copyOf(leftovers);
    }

    private synchronized @Nullable Entry next() {
        ran = true;
        return entries.poll();
    }

    // An interrupt means that the start is not wanted any more. It may come at any moment, and what was
    // made must go all the same: it waits until then.
    private void undo(Entry entry) {
        boolean interrupted = Thread.interrupted();
        try {
            entry.action().run();
        } catch (InterruptedException e) {
            interrupted = true;
            undoAgain(entry);
        } catch (Exception e) {
            remains(entry, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void undoAgain(Entry entry) {
        try {
            entry.action().run();
        } catch (Exception e) {
            remains(entry, e);
        }
    }

    private void remains(Entry entry, Exception failure) {
        remains(
                entry.what(),
                failure instanceof InterruptedException
                        ? "removing it was interrupted"
                        : "it could not be removed: " + failure.getMessage());
    }
}
