package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The objects of a cluster and what happened to them, in order. Guarded by itself; no object in it is ever changed. */
final class ObjectStore {
    private final Map<String, Map<String, Map<String, Object>>> objects = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private long version;

    /**
     * What happened: {@code ADDED}, {@code MODIFIED} or {@code DELETED}.
     *
     * @param before what was there; nothing where it was added
     */
    record Event(
            long version,
            String resource,
            String namespace,
            String type,
            Map<String, Object> object,
            Map<String, Object> before) {}

    private record Watcher(Predicate<Event> wanted, Consumer<Event> listener) {}

    /** What an object becomes. */
    interface Change<X extends Exception> {
        Map<String, Object> of(Map<String, Object> object) throws X;
    }

    /** Objects as they were together. */
    record Listing(long version, List<Map<String, Object>> items) {}

    /**
     * Adds an object, which gets a UID.
     *
     * @throws IllegalStateException if there is one of its name
     */
    Map<String, Object> add(String resource, Map<String, Object> object) {
        return addNew(resource, object)
                .orElseThrow(() -> new IllegalStateException(resource + " " + Json.text(object, "metadata", "namespace")
                        + "/" + Json.text(object, "metadata", "name") + " is already there"));
    }

    /** Adds an object, which gets a UID; empty if there is one of its name, which stays. */
    synchronized Optional<Map<String, Object>> addNew(String resource, Map<String, Object> object) {
        Map<String, Object> added = Json.copy(object);
        String name = Json.text(added, "metadata", "name");
        if (find(resource, Json.text(added, "metadata", "namespace"), name).isPresent()) {
            return Optional.empty();
        }
        Json.within(added, "metadata").putIfAbsent("uid", UUID.randomUUID().toString());
        return Optional.of(put(resource, added, "ADDED"));
    }

    synchronized Optional<Map<String, Object>> find(String resource, String namespace, String name) {
        return Optional.ofNullable(objects.getOrDefault(resource, Map.of()).get(namespace + "/" + name));
    }

    /** Returns the objects of a namespace, or of all if it is empty. */
    synchronized Listing list(String resource, String namespace, Predicate<Map<String, Object>> selector) {
        List<Map<String, Object>> items = objects.getOrDefault(resource, Map.of()).values().stream()
                .filter(object -> namespace.isEmpty() || namespace.equals(Json.text(object, "metadata", "namespace")))
                .filter(selector)
                .toList();
        return new Listing(version, items);
    }

    /** Returns the names of all objects, each behind its resource. */
    synchronized SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        objects.forEach((resource, all) -> {
            for (String name : all.keySet()) {
                names.add(resource + " " + (name.startsWith("/") ? name.substring(1) : name));
            }
        });
        return names;
    }

    /** Changes a copy of an object and puts it in its place, if it differs; returns whether it is there. */
    synchronized boolean update(String resource, String namespace, String name, Consumer<Map<String, Object>> change) {
        return change(resource, namespace, name, object -> {
                    Map<String, Object> changed = Json.copy(object);
                    change.accept(changed);
                    return changed;
                })
                .isPresent();
    }

    /** Puts another object in the place of one, if it differs; returns what is there then, empty if there is none. */
    synchronized <X extends Exception> Optional<Map<String, Object>> change(
            String resource, String namespace, String name, Change<X> change) throws X {
        Optional<Map<String, Object>> found = find(resource, namespace, name);
        if (found.isEmpty()) {
            return found;
        }
        Map<String, Object> changed = Json.copy(change.of(found.get()));
        return changed.equals(found.get()) ? found : Optional.of(put(resource, changed, "MODIFIED"));
    }

    synchronized Optional<Map<String, Object>> remove(String resource, String namespace, String name) {
        Optional<Map<String, Object>> found = find(resource, namespace, name);
        found.ifPresent(object -> {
            objects.getOrDefault(resource, Map.of()).remove(namespace + "/" + name);
            tell(resource, namespace, "DELETED", Json.copy(object), object);
        });
        return found;
    }

    private Map<String, Object> put(String resource, Map<String, Object> object, String type) {
        String namespace = Json.text(object, "metadata", "namespace");
        String name = Json.text(object, "metadata", "name");
        tell(resource, namespace, type, object, find(resource, namespace, name).orElse(Map.of()));
        objects.computeIfAbsent(resource, key -> new LinkedHashMap<>()).put(namespace + "/" + name, object);
        return object;
    }

    private void tell(
            String resource, String namespace, String type, Map<String, Object> object, Map<String, Object> before) {
        version++;
        Json.within(object, "metadata").put("resourceVersion", Long.toString(version));
        Event event = new Event(version, resource, namespace, type, object, before);
        events.add(event);
        for (Watcher watcher : List.copyOf(watchers)) {
            if (watcher.wanted().test(event)) {
                watcher.listener().accept(event);
            }
        }
    }

    /**
     * Tells of everything that happened after a version, and of what happens from now on, until it is {@linkplain #unwatch
     * taken back}.
     *
     * @param after zero for all that is there, as if it had just been added
     * @param listener called within the store, one event after the other
     */
    synchronized void watch(long after, Predicate<Event> wanted, Consumer<Event> listener) {
        Stream<Event> before = after == 0 ? present() : events.stream().filter(event -> event.version() > after);
        before.filter(wanted).toList().forEach(listener);
        watchers.add(new Watcher(wanted, listener));
    }

    private Stream<Event> present() {
        return objects.entrySet().stream()
                .flatMap(entry -> entry.getValue().values().stream()
                        .map(object -> new Event(
                                version,
                                entry.getKey(),
                                Json.text(object, "metadata", "namespace"),
                                "ADDED",
                                object,
                                Map.of())));
    }

    synchronized void unwatch(Consumer<Event> listener) {
        watchers.removeIf(watcher -> watcher.listener() == listener);
    }
}
