package io.podcapture.e2e;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Notes when each call to the API server begins and is answered, since a start. Guarded by itself. */
final class StartTrace implements Interceptor {
    private final List<Step> steps = new ArrayList<>();
    private long start;
    private boolean over;

    private static final class Step {
        final Object key;
        final String what;
        final long from;
        long to = -1;

        Step(Object key, String what, long from) {
            this.key = key;
            this.what = what;
            this.from = from;
        }

        @Override
        public String toString() {
            return String.format("  %5d %5s  %s", from, to < 0 ? "" : to, what);
        }
    }

    /** Forgets what was noted, and begins to note. */
    synchronized void begin() {
        steps.clear();
        start = System.nanoTime();
        over = false;
    }

    /** Returns what was noted, a step a line: when it began, when it ended, both in milliseconds; notes no more. */
    synchronized String end() {
        over = true;
        StringBuilder text = new StringBuilder();
        steps.forEach(step -> text.append(step).append('\n'));
        return text.toString();
    }

    synchronized void began(Object key, String what) {
        if (!over) {
            steps.add(new Step(key, what, now()));
        }
    }

    synchronized void ended(Object key) {
        if (!over) {
            steps.stream()
                    .filter(step -> step.key.equals(key) && step.to < 0)
                    .findFirst()
                    .ifPresent(step -> step.to = now());
        }
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        began(key(request), words(request));
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        ended(key(request));
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    // A request is built anew between the two calls, and has another id then.
    private static String key(HttpRequest request) {
        return request.method() + " " + request.uri();
    }

    private static String words(HttpRequest request) {
        String path = request.uri().getPath().replaceFirst("^/apis?/", "");
        String query = String.valueOf(request.uri().getQuery());
        String flag = query.contains("watch=true") ? " (watch)" : query.contains("dryRun=") ? " (dry run)" : "";
        return request.method() + " " + path + flag;
    }
}
