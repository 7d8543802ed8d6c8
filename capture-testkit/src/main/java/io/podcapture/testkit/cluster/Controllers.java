package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The controllers of a cluster: one thread that looks at a workload when it, or something that it owns, has changed, and brings
 * the cluster one step nearer to what it says. Nothing is done by the clock.
 */
final class Controllers implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final ObjectStore store;
    private final Map<String, Controller> controllers;
    private final Dependents dependents;
    private final Consumer<ObjectStore.Event> listener = this::notice;
    private final Set<Key> due = new LinkedHashSet<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Of objects whose last look failed, or that somebody waits for. */
    private final Map<Key, CompletableFuture<Void>> failures = new ConcurrentHashMap<>();

    private boolean closed;

    /** Brings a workload of one kind one step nearer to what it says. */
    interface Controller {
        void reconcile(Map<String, Object> object);
    }

    /** What is to be looked at; the UID only of what is gone. */
    private record Key(String resource, String namespace, String name, String goneUid) {}

    /**
     * Makes them.
     *
     * @param controllers by the resource that each is for
     */
    Controllers(ObjectStore store, Map<String, Controller> controllers, Dependents dependents) {
        this.store = store;
        this.controllers = Map.copyOf(controllers);
        this.dependents = dependents;
    }

    void start(ClusterThreads threads) {
        store.watch(0, event -> true, listener);
        threads.start("controllers", this::run);
    }

    private void notice(ObjectStore.Event event) {
        Map<String, Object> object = event.object();
        String name = Json.text(object, "metadata", "name");
        if (event.type().equals("DELETED")) {
            add(new Key(event.resource(), event.namespace(), name, Json.text(object, "metadata", "uid")));
            if (event.resource().equals("pods")) {
                lookAgain(event.namespace(), name);
            }
        } else if (controllers.containsKey(event.resource())) {
            add(new Key(event.resource(), event.namespace(), name, ""));
        }
        Manifests.controller(object)
                .map(owner -> new Key(
                        Manifests.resource(Json.text(owner, "kind")), event.namespace(), Json.text(owner, "name"), ""))
                .ifPresent(this::add);
    }

    // A set whose pods have certain names may have waited for one that was a client's.
    private void lookAgain(String namespace, String pod) {
        String set = pod.substring(0, Math.max(0, pod.lastIndexOf('-')));
        add(new Key("statefulsets.apps", namespace, set, ""));
    }

    private void add(Key key) {
        synchronized (due) {
            due.add(key);
            due.notifyAll();
        }
    }

    private void run() {
        try {
            for (Key key = next(); key != null; key = next()) {
                try {
                    reconcile(key);
                    failures.remove(key);
                } catch (RuntimeException e) {
                    // A workload that cannot be understood, or a pod without a place: the others go on.
                    failure(key).completeExceptionally(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.complete(null);
        }
    }

    private CompletableFuture<Void> failure(Key key) {
        return failures.computeIfAbsent(key, of -> new CompletableFuture<>());
    }

    private @Nullable Key next() throws InterruptedException {
        synchronized (due) {
            while (due.isEmpty() && !closed) {
                due.wait();
            }
            if (closed) {
                return null;
            }
            Key next = due.iterator().next();
            due.remove(next);
            return next;
        }
    }

    private void reconcile(Key key) {
        if (!key.goneUid().isEmpty()) {
            dependents.remove(key.namespace(), key.goneUid());
            return;
        }
        Controller controller = controllers.get(key.resource());
        if (controller != null) {
            store.find(key.resource(), key.namespace(), key.name()).ifPresent(controller::reconcile);
        }
    }

    /**
     * Waits until an object is as it shall be.
     *
     * @throws IOException if it does not become so
     */
    void await(String resource, String namespace, String name, Predicate<Map<String, Object>> condition)
            throws IOException {
        CompletableFuture<Void> met = new CompletableFuture<>();
        Consumer<ObjectStore.Event> waiting = event -> met.complete(null);
        synchronized (store) {
            if (store.find(resource, namespace, name).filter(condition).isPresent()) {
                return;
            }
            store.watch(
                    store.list(resource, namespace, object -> false).version(),
                    event -> event.resource().equals(resource)
                            && event.namespace().equals(namespace)
                            && Json.text(event.object(), "metadata", "name").equals(name)
                            && condition.test(event.object()),
                    waiting);
        }
        try {
            CompletableFuture<Void> failed = failure(new Key(resource, namespace, name, ""));
            CompletableFuture.anyOf(met, failed, ended).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw unsettled(resource, namespace, name, e);
        } finally {
            store.unwatch(waiting);
        }
        if (!met.isDone()) {
            throw unsettled(resource, namespace, name, null);
        }
    }

    private static IOException unsettled(String resource, String namespace, String name, @Nullable Exception cause) {
        return new IOException(resource + " " + namespace + "/" + name + " has not settled", cause);
    }

    /** Ends the thread, and waits until it does nothing more. */
    @Override
    public void close() {
        store.unwatch(listener);
        synchronized (due) {
            closed = true;
            due.notifyAll();
        }
        ended.join();
    }
}
