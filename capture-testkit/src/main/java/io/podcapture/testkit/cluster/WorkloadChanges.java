package io.podcapture.testkit.cluster;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What clients change in workloads: by server-side apply and by patches, checked as an API server checks them. */
final class WorkloadChanges {
    static final String DEPLOYMENTS = "deployments.apps";

    private static final String APPLY = "application/apply-patch+yaml";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final Set<String> WORKLOADS = Set.of(DEPLOYMENTS, "statefulsets.apps", "daemonsets.apps");

    private final ObjectStore store;

    WorkloadChanges(ObjectStore store) {
        this.store = store;
    }

    static boolean isWorkload(ApiPath path) {
        return WORKLOADS.contains(path.resource()) && path.subresource().isEmpty();
    }

    /** Patches one; answers with it as it is then, or would be. */
    Map<String, Object> patch(ApiPath path, HttpRequest request) throws ApiStatus.Refusal {
        boolean apply = request.header("content-type").startsWith(APPLY);
        Map<String, Object> patch = apply ? Json.read(request.body()) : Json.readPatch(request.body());
        ObjectStore.Change<ApiStatus.Refusal> change = object -> {
            Preconditions.require(path, object, patch);
            return accepted(path, object, patched(object, patch, request));
        };
        Optional<Map<String, Object>> there = store.find(path.resource(), path.namespace(), path.name());
        Optional<Map<String, Object>> changed;
        if (there.isPresent() && request.isDryRun()) {
            changed = Optional.of(change.of(there.get()));
        } else {
            changed = store.change(path.resource(), path.namespace(), path.name(), change);
        }
        return changed.orElseThrow(() -> missing(path, patch));
    }

    /** Rolls a deployment out anew, as {@code kubectl rollout restart} does; returns whether it is there. */
    boolean restart(String namespace, String name) {
        Map<String, Object> annotations =
                Map.of("kubectl.kubernetes.io/restartedAt", Instant.now().toString());
        Map<String, Object> patch =
                Map.of("spec", Map.of("template", Map.of("metadata", Map.of("annotations", annotations))));
        return store.change(
                        DEPLOYMENTS,
                        namespace,
                        name,
                        object -> numbered(object, new MergePatch("kubectl-rollout", true).to(object, patch)))
                .isPresent();
    }

    private static Map<String, Object> patched(
            Map<String, Object> object, Map<String, Object> patch, HttpRequest request) throws ApiStatus.Refusal {
        String manager = request.parameter("fieldManager");
        String type = request.header("content-type").split(";")[0].strip();
        if (type.equals(APPLY)) {
            if (manager.isEmpty()) {
                throw new ApiStatus.Refusal(
                        422,
                        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply"
                                + " patch");
            }
            if (!Json.text(patch, "metadata", "managedFields").isEmpty()) {
                throw new ApiStatus.Refusal(400, "metadata.managedFields must be nil");
            }
            return new ServerSideApply(manager, request.parameter("force").equals("true")).to(object, patch);
        }
        if (type.equals(STRATEGIC) || type.equals(MERGE)) {
            String agent = request.header("user-agent").split("/")[0];
            return new MergePatch(manager.isEmpty() ? agent : manager, type.equals(STRATEGIC)).to(object, patch);
        }
        throw new ApiStatus.Refusal(415, "the simulated cluster takes no patch of type " + type);
    }

    private static Map<String, Object> accepted(ApiPath path, Map<String, Object> before, Map<String, Object> after)
            throws ApiStatus.Refusal {
        Map<String, Object> changed = Json.copy(after);
        Map<String, Object> spec = Json.within(changed, "spec");
        Object selector = Json.within(Json.copy(before), "spec").get("selector");
        if (selector != null && !selector.equals(spec.get("selector"))) {
            throw invalid(path, changed, "spec.selector: Invalid value: field is immutable");
        }
        if (Json.list(Json.within(Json.within(spec, "template"), "spec"), "containers")
                .isEmpty()) {
            throw invalid(path, changed, "spec.template.spec.containers: Required value");
        }
        PodDefaults.fillTemplate(changed);
        return numbered(before, changed);
    }

    // The generation counts the changes of what an object shall be.
    private static Map<String, Object> numbered(Map<String, Object> before, Map<String, Object> after) {
        Map<String, Object> numbered = Json.copy(after);
        if (!Fields.map(after, "spec").equals(Fields.map(before, "spec"))) {
            Json.within(numbered, "metadata").put("generation", Fields.number(before, 0, "metadata", "generation") + 1);
        }
        return numbered;
    }

    private static ApiStatus.Refusal invalid(ApiPath path, Map<String, Object> object, String words) {
        return new ApiStatus.Refusal(
                422, Json.text(object, "kind") + "." + path.group() + " \"" + path.name() + "\" is invalid: " + words);
    }

    private static ApiStatus.Refusal missing(ApiPath path, Map<String, Object> patch) {
        String uid = Json.text(patch, "metadata", "uid");
        return uid.isEmpty()
                ? ApiStatus.notFound(path.resource(), path.name())
                : ApiStatus.unfulfilled(
                        path,
                        "uid mismatch: the provided object specified uid " + uid
                                + ", and no existing object was found");
    }
}
