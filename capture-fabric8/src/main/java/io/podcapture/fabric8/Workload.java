package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workload of the user's: read, and changed by server-side apply, where each manager owns just the fields it applies. */
final class Workload {
    private final Cluster cluster;
    private final WorkloadKind kind;
    private final String namespace;
    private final String name;
    private final Optional<String> uid;

    Workload(Cluster cluster, WorkloadKind kind, String namespace, String name) {
        this(cluster, kind, namespace, name, Optional.empty());
    }

    private Workload(Cluster cluster, WorkloadKind kind, String namespace, String name, Optional<String> uid) {
        this.cluster = cluster;
        this.kind = kind;
        this.namespace = namespace;
        this.name = name;
        this.uid = uid;
    }

    /** Returns the one that was looked at: another one that gets its name later is not it, and is left alone. */
    Workload only(WorkloadView seen) {
        return new Workload(cluster, kind, namespace, name, Optional.of(seen.uid()));
    }

    WorkloadKind kind() {
        return kind;
    }

    String namespace() {
        return namespace;
    }

    /** Looks at it; empty if it does not exist. */
    Optional<WorkloadView> find() throws InterruptedException {
        GenericKubernetesResource found = call("get").read(() -> resource().get());
        return Optional.ofNullable(found)
                .map(workload -> new WorkloadView(kind, workload))
                .filter(seen -> uid.map(same -> same.equals(seen.uid())).orElse(true));
    }

    /**
     * Looks at it.
     *
     * @throws CaptureException if it does not exist
     */
    WorkloadView look() throws InterruptedException {
        return find().orElseThrow(() -> new CaptureException(
                FailureReason.TARGET_NOT_FOUND,
                this + " does not exist; kubectl get " + kind.plural() + " -n " + namespace + " lists those that do"));
    }

    /**
     * Makes fields what they shall be; fields that the manager applied before and does not now are removed, unless somebody
     * else owns them too.
     *
     * @param manager who owns the fields
     * @param metadata more than name and namespace
     * @param spec empty for none
     */
    void apply(String manager, Map<String, ?> metadata, Map<String, ?> spec) throws InterruptedException {
        Map<String, Object> all = new LinkedHashMap<>(metadata);
        all.put("name", name);
        all.put("namespace", namespace);
        uid.ifPresent(same -> all.put("uid", same));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.kind());
        object.put("metadata", all);
        if (!spec.isEmpty()) {
            object.put("spec", spec);
        }
        String json = cluster.client().getKubernetesSerialization().asJson(object);
        PatchContext how = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .build();
        call("patch").change(() -> resource().patch(how, json));
    }

    /**
     * Returns what a controller has last complained of since a manager changed the workload, in words; empty if nobody has, or
     * if events may not be read.
     */
    Optional<String> lastWarning(String manager) throws InterruptedException {
        WorkloadView now = look();
        List<Event> warnings = warnings(now.uid());
        return now.lastChange(manager).flatMap(since -> lastOf(warnings, since));
    }

    private static Optional<String> lastOf(List<Event> warnings, Instant since) {
        return warnings.stream()
                .filter(event -> !toldAt(event).isBefore(since))
                .max(Comparator.comparing(Workload::toldAt))
                .map(event -> event.getReason() + ": " + event.getMessage());
    }

    // What is told again is an old event with a new time.
    private static Instant toldAt(Event event) {
        return LastChange.of(event.getMetadata()).orElse(Instant.MIN);
    }

    private List<Event> warnings(String self) throws InterruptedException {
        try {
            return new ApiCall("list", "events", toString())
                    .ask(() -> cluster.client()
                            .v1()
                            .events()
                            .inNamespace(namespace)
                            .withField("involvedObject.uid", self)
                            .withField("type", "Warning")
                            .list()
                            .getItems());
        } catch (CaptureException e) {
            return List.of();
        }
    }

    Resource<GenericKubernetesResource> resource() {
        return cluster.client()
                .genericKubernetesResources(kind.definition())
                .inNamespace(namespace)
                .withName(name);
    }

    private ApiCall call(String verb) {
        return new ApiCall(verb, kind.plural(), toString());
    }

    @Override
    public String toString() {
        return kind.word() + " " + namespace + "/" + name;
    }
}
