package io.podcapture;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells listeners what happens, one call at a time and never on a thread that carries packets. Guarded by the queue. */
final class Announcer {
    private static final System.Logger LOG = System.getLogger(Announcer.class.getName());

    private final List<CaptureListener> listeners;
    private final Executor executor;
    private final Queue<Consumer<CaptureListener>> calls = new ArrayDeque<>();
    private final AtomicBoolean progressWaits = new AtomicBoolean();
    private boolean telling;

    Announcer(List<CaptureListener> listeners, Executor executor) {
        this.listeners = listeners;
        this.executor = executor;
    }

    boolean isHeard() {
        return !listeners.isEmpty();
    }

    /** Tells progress, unless the last one is still waiting to be told. */
    void progress(CaptureProgress now) {
        if (progressWaits.compareAndSet(false, true)) {
            announce(listener -> {
                progressWaits.set(false);
                listener.progress(now);
            });
        }
    }

    void announce(Consumer<CaptureListener> call) {
        if (listeners.isEmpty()) {
            return;
        }
        synchronized (calls) {
            calls.add(call);
            if (telling) {
                return;
            }
            telling = true;
        }
        executor.execute(this::tell);
    }

    private void tell() {
        while (true) {
            Consumer<CaptureListener> call;
            synchronized (calls) {
                if (calls.isEmpty()) {
                    telling = false;
                    return;
                }
                call = calls.remove();
            }
            for (CaptureListener listener : listeners) {
                try {
                    call.accept(listener);
                } catch (RuntimeException | Error e) {
                    // An assertion of a test is an error too; those after it still want to hear.
                    LOG.log(System.Logger.Level.DEBUG, "a listener failed", e);
                }
            }
        }
    }
}
