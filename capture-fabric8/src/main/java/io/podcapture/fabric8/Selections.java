package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Asks the API server for an object that has pods, and by what they are known. */
final class Selections {
    private static final Map<String, Question> QUESTIONS = Map.of(
            "deployment", Selections::deployment,
            "deploymentconfig", Selections::deploymentConfig,
            "statefulset",
                    (named, client) -> managed(
                            named,
                            client.apps().statefulSets(),
                            set -> set.getSpec().getSelector()),
            "daemonset",
                    (named, client) -> managed(
                            named,
                            client.apps().daemonSets(),
                            set -> set.getSpec().getSelector()),
            "replicaset",
                    (named, client) -> managed(
                            named,
                            client.apps().replicaSets(),
                            set -> set.getSpec().getSelector()),
            "job",
                    (named, client) -> managed(
                            named,
                            client.batch().v1().jobs(),
                            job -> job.getSpec().getSelector()),
            "service", (named, client) -> Selection.of(get(named, client.services()), named));

    // Named here, so that a cluster that is no OpenShift says "not found" and need not be asked what it has.
    private interface Question {
        Selection ask(Named named, KubernetesClient client) throws InterruptedException;
    }

    private Selections() {}

    /** Returns the kinds of objects that can be asked for. */
    static Set<String> kinds() {
        return QUESTIONS.keySet();
    }

    /** Returns the resource of a kind, as rights are told. */
    static String resource(String kind) {
        return WorkloadKind.of(kind).map(WorkloadKind::resource).orElseGet(() -> switch (kind) {
            case "replicaset" -> "replicasets.apps";
            case "job" -> "jobs.batch";
            default -> kind + "s";
        });
    }

    /**
     * Asks.
     *
     * @param named of one of the {@linkplain #kinds kinds}
     * @throws io.podcapture.CaptureException if it does not exist
     */
    static Selection ask(Named named, KubernetesClient client) throws InterruptedException {
        Question question = QUESTIONS.get(named.kind());
        if (question == null) {
            throw new IllegalArgumentException("of " + named + " no pods are known");
        }
        return question.ask(named, client);
    }

    private static Selection deployment(Named named, KubernetesClient client) throws InterruptedException {
        LabelSelector labels = get(named, client.apps().deployments()).getSpec().getSelector();
        return new Selection(
                labels,
                DeploymentOwner.deployment(
                        named.name(), name -> find(client.apps().replicaSets(), named.namespace(), name)));
    }

    private static Selection deploymentConfig(Named named, KubernetesClient client) throws InterruptedException {
        GenericKubernetesResource config =
                get(named, client.genericKubernetesResources(WorkloadKind.DEPLOYMENTCONFIG.definition()));
        Map<String, String> labels = config.get("spec", "selector");
        return Selection.of(
                labels == null ? Map.of() : labels,
                DeploymentOwner.config(
                        named.name(), name -> find(client.replicationControllers(), named.namespace(), name)));
    }

    private static <T extends HasMetadata, R extends Resource<T>> Selection managed(
            Named named, MixedOperation<T, ?, R> all, Function<T, LabelSelector> labels) throws InterruptedException {
        T object = get(named, all);
        return Selection.managed(object, labels.apply(object));
    }

    private static <T extends HasMetadata, R extends Resource<T>> T get(Named named, MixedOperation<T, ?, R> all)
            throws InterruptedException {
        return named.require(
                () -> all.inNamespace(named.namespace()).withName(named.name()).get());
    }

    private static <T extends HasMetadata, R extends Resource<T>> Optional<T> find(
            MixedOperation<T, ?, R> all, String namespace, String name) {
        return Optional.ofNullable(all.inNamespace(namespace).withName(name).get());
    }
}
