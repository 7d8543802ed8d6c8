package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Makes workloads as an API server would tell of them. */
final class Workloads {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Workloads() {}

    static WorkloadView of(WorkloadKind kind, String yaml) {
        return new WorkloadView(kind, YAML.unmarshal(yaml, GenericKubernetesResource.class));
    }

    /** Makes a deployment whose pods have this specification, a YAML object in one line. */
    static WorkloadView withPods(String spec) {
        return of(WorkloadKind.DEPLOYMENT, "metadata: {}\nspec: {template: {spec: " + spec + "}}");
    }
}
