package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of workloads whose pods can be given a container by a new roll-out. */
enum WorkloadKind {
    DEPLOYMENT("apps", "v1", "Deployment", "deployments"),
    STATEFULSET("apps", "v1", "StatefulSet", "statefulsets"),
    DAEMONSET("apps", "v1", "DaemonSet", "daemonsets"),
    /** OpenShift's older kind. Experimental: it was not seen on a real OpenShift. */
    DEPLOYMENTCONFIG("apps.openshift.io", "v1", "DeploymentConfig", "deploymentconfigs");

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;

    WorkloadKind(String group, String version, String kind, String plural) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
    }

    /** Returns the kind for the word of a target; empty for others. */
    static Optional<WorkloadKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** Returns the word of a target. */
    String word() {
        return kind.toLowerCase(Locale.ROOT);
    }

    String kind() {
        return kind;
    }

    /** Returns the name of the resource, as access rules spell it. */
    String plural() {
        return plural;
    }

    /** Returns the resource with its group, as rights are told. */
    String resource() {
        return plural + "." + group;
    }

    /** Returns the resource of its old templates, with its group; empty if we leave them alone. */
    Optional<String> history() {
        return switch (this) {
            case DEPLOYMENT -> Optional.of("replicasets.apps");
            case STATEFULSET, DAEMONSET -> Optional.of("controllerrevisions.apps");
            case DEPLOYMENTCONFIG -> Optional.empty();
        };
    }

    String apiVersion() {
        return group + "/" + version;
    }

    ResourceDefinitionContext definition() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
