package io.podcapture.testkit.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The subresource by which containers are added to a pod that runs: merges a patch and asks who admits it. */
final class EphemeralContainers {
    private final Kubelet kubelet;
    private final Map<String, PodSecurity> levels;

    /**
     * Makes it.
     *
     * @param levels what is enforced, by namespace
     */
    EphemeralContainers(Kubelet kubelet, Map<String, PodSecurity> levels) {
        this.kubelet = kubelet;
        this.levels = levels;
    }

    /** Adds those of a strategic merge patch; answers with the pod as it is then, or as it would be. */
    Map<String, Object> add(Map<String, Object> pod, Map<String, Object> patch, boolean dryRun)
            throws ApiStatus.Refusal {
        List<Map<String, Object>> wanted = Json.list(Json.within(patch, "spec"), "ephemeralContainers");
        PodSecurity level = levels.get(Json.text(pod, "metadata", "namespace"));
        for (Map<String, Object> container : wanted) {
            Optional<ApiStatus.Refusal> refusal =
                    level == null ? Optional.empty() : level.refusal(Json.text(pod, "metadata", "name"), container);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
        }
        if (!dryRun) {
            return kubelet.addEphemeral(pod, wanted);
        }
        Map<String, Object> changed = Json.copy(pod);
        Json.list(Json.within(changed, "spec"), "ephemeralContainers").addAll(wanted);
        return changed;
    }
}
