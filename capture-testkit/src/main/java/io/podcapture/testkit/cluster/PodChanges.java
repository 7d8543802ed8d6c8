package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients change in pods: makes them and adds ephemeral containers, as far as that is admitted. */
final class PodChanges {
    private final ObjectStore store;
    private final Kubelet kubelet;
    private final Map<String, PodSecurity> levels;
    private final Addresses addresses;
    private final GeneratedNames names = new GeneratedNames();

    /**
     * Makes it.
     *
     * @param levels what is enforced, by namespace
     * @param addresses for pods that bring none
     */
    PodChanges(ObjectStore store, Kubelet kubelet, Map<String, PodSecurity> levels, Addresses addresses) {
        this.store = store;
        this.kubelet = kubelet;
        this.levels = levels;
        this.addresses = addresses;
    }

    /** Makes a pod; answers with it, or what it would be. */
    Map<String, Object> create(ApiPath path, Map<String, Object> body, boolean dryRun) throws ApiStatus.Refusal {
        Map<String, Object> pod = Json.copy(body);
        String name = names.nameOf(pod);
        Json.within(pod, "metadata").put("namespace", path.namespace());
        Json.within(pod, "metadata").put("creationTimestamp", Manifests.now());
        PodDefaults.fillPod(pod);
        Json.within(pod, "status").put("phase", "Pending");
        if (store.find("namespaces", "", path.namespace()).isEmpty()) {
            throw ApiStatus.notFound("namespaces", path.namespace());
        }
        Map<String, Object> spec = Json.within(pod, "spec");
        admit(path.namespace(), name, spec, Json.list(spec, "containers"));
        if (Json.text(spec, "nodeName").isEmpty()) {
            spec.put("nodeName", firstNode());
        }
        Optional<Map<String, Object>> added;
        if (dryRun) {
            added = store.find("pods", path.namespace(), name).isEmpty() ? Optional.of(pod) : Optional.empty();
        } else {
            address(pod);
            // Looked up and stored in one step: two may ask for one name at once.
            added = store.addNew("pods", pod);
            added.ifPresent(kubelet::start);
        }
        return added.orElseThrow(() -> new ApiStatus.Refusal(409, "pods \"" + name + "\" already exists"));
    }

    // On the host network a pod has the addresses of its node.
    private void address(Map<String, Object> pod) {
        Map<String, Object> status = Json.within(pod, "status");
        String address = Json.text(pod, "spec", "hostNetwork").equals("true")
                ? nodeAddress(Json.text(pod, "spec", "nodeName"))
                : Json.text(status, "podIP");
        if (address.isEmpty()) {
            address = addresses.next();
        }
        status.put("podIP", address);
        status.put("podIPs", List.of(Map.of("ip", address)));
    }

    private String nodeAddress(String node) {
        return store.find("nodes", "", node).stream()
                .flatMap(object -> Fields.items(object, "status", "addresses").stream())
                .map(address -> String.valueOf(address.get("address")))
                .findFirst()
                .orElse("");
    }

    // One that is lost only if all are.
    private String firstNode() throws ApiStatus.Refusal {
        List<Map<String, Object>> nodes = store.list("nodes", "", node -> true).items();
        return nodes.stream()
                .map(node -> Json.text(node, "metadata", "name"))
                .min(Comparator.comparing(name -> kubelet.node(name).isLost()))
                .orElseThrow(() -> new ApiStatus.Refusal(500, "no node is there"));
    }

    /** Adds the ephemeral containers of a strategic merge patch; answers with the pod as it is then, or would be. */
    Map<String, Object> addEphemeral(ApiPath path, Map<String, Object> patch, boolean dryRun) throws ApiStatus.Refusal {
        EphemeralContainersPatch containers = new EphemeralContainersPatch(path, patch);
        List<Map<String, Object>> added = new ArrayList<>();
        ObjectStore.Change<ApiStatus.Refusal> change = pod -> {
            Map<String, Object> changed = containers.to(pod);
            added.addAll(EphemeralContainersPatch.added(pod, changed));
            admit(path.namespace(), path.name(), Json.within(changed, "spec"), added);
            return changed;
        };
        Map<String, Object> pod = find(path);
        if (dryRun) {
            return change.of(pod);
        }
        // One that has no node gets none of them.
        kubelet.podOf(pod);
        Map<String, Object> changed = store.change("pods", path.namespace(), path.name(), change)
                .orElseThrow(() -> ApiStatus.notFound("pods", path.name()));
        kubelet.startEphemeral(changed, added);
        return changed;
    }

    private Map<String, Object> find(ApiPath path) throws ApiStatus.Refusal {
        return store.find("pods", path.namespace(), path.name())
                .orElseThrow(() -> ApiStatus.notFound("pods", path.name()));
    }

    private void admit(String namespace, String pod, Map<String, Object> spec, List<Map<String, Object>> containers)
            throws ApiStatus.Refusal {
        PodSecurity level = levels.get(namespace);
        List<String> violations = level == null ? List.of() : level.violations(spec, containers);
        if (!violations.isEmpty()) {
            throw new ApiStatus.Refusal(
                    403,
                    "pods \"" + pod + "\" is forbidden: violates PodSecurity \"" + level + ":latest\": "
                            + String.join(", ", violations));
        }
    }
}
