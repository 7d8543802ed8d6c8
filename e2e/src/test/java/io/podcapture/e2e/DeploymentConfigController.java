package io.podcapture.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * Does for one DeploymentConfig what OpenShift does: a ReplicationController {@code NAME-N} for each version of its template,
 * the new one up before the old one goes down, and a status that tells of it. The pods are Kubernetes' own work.
 */
final class DeploymentConfigController implements AutoCloseable {
    private static final String VERSION = "openshift.io/deployment-config.latest-version";
    private static final String TEMPLATE = "template";

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final KubernetesClient client;
    private final Resource<GenericKubernetesResource> config;

    DeploymentConfigController(KubernetesClient client, Resource<GenericKubernetesResource> config) {
        this.client = client;
        this.config = config;
        thread.scheduleWithFixedDelay(this::tryToReconcile, 0, 200, TimeUnit.MILLISECONDS);
    }

    // What a conflict or a deletion kept from being done is done next time.
    private void tryToReconcile() {
        try {
            reconcile();
        } catch (KubernetesClientException later) {
            // Nobody waits for this round.
        }
    }

    private void reconcile() {
        GenericKubernetesResource seen = config.get();
        if (seen == null) {
            return;
        }
        int wanted = seen.<Number>get("spec", "replicas").intValue();
        List<ReplicationController> versions = versions(seen);
        ReplicationController newest = versions.isEmpty() ? null : versions.get(versions.size() - 1);
        if (newest == null || !template(seen).equals(annotation(newest, TEMPLATE))) {
            client.resource(controller(seen, versions.size() + 1, wanted)).create();
            return;
        }
        if (available(newest) >= wanted) {
            versions.stream()
                    .filter(old -> old != newest && old.getSpec().getReplicas() > 0)
                    .forEach(old -> client.resource(old).scale(0));
        }
        Map<String, Object> status = Map.of(
                "observedGeneration", seen.getMetadata().getGeneration(),
                "latestVersion", versions.size(),
                "replicas", sum(versions, each -> each.getStatus().getReplicas()),
                "updatedReplicas", newest.getStatus().getReplicas(),
                "availableReplicas", sum(versions, DeploymentConfigController::available));
        config.subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), json(Map.of("status", status)));
    }

    private List<ReplicationController> versions(GenericKubernetesResource seen) {
        return client.replicationControllers().inNamespace(namespace(seen)).list().getItems().stream()
                .filter(each -> each.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner ->
                                owner.getUid().equals(seen.getMetadata().getUid())))
                .sorted(Comparator.comparingInt(each -> Integer.parseInt(annotation(each, VERSION))))
                .toList();
    }

    private ReplicationController controller(GenericKubernetesResource seen, int version, int replicas) {
        String name = seen.getMetadata().getName();
        Map<String, String> labels = Map.of("deployment", name + "-" + version);
        PodTemplateSpec template = client.getKubernetesSerialization().unmarshal(template(seen), PodTemplateSpec.class);
        return new ReplicationControllerBuilder()
                .withNewMetadata()
                .withNamespace(namespace(seen))
                .withName(name + "-" + version)
                .addToAnnotations(VERSION, Integer.toString(version))
                .addToAnnotations(TEMPLATE, template(seen))
                .addNewOwnerReference()
                .withApiVersion(seen.getApiVersion())
                .withKind(seen.getKind())
                .withName(name)
                .withUid(seen.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withSelector(seen.<Map<String, String>>get("spec", "selector"))
                .addToSelector(labels)
                .withTemplate(new PodTemplateSpecBuilder(template)
                        .editMetadata()
                        .addToLabels(labels)
                        .endMetadata()
                        .build())
                .endSpec()
                .build();
    }

    private String template(GenericKubernetesResource seen) {
        return json(seen.get("spec", "template"));
    }

    private String json(Object object) {
        return client.getKubernetesSerialization().asJson(object);
    }

    private static String namespace(GenericKubernetesResource seen) {
        return seen.getMetadata().getNamespace();
    }

    private static String annotation(ReplicationController controller, String key) {
        return controller.getMetadata().getAnnotations().get(key);
    }

    private static int available(ReplicationController controller) {
        return Objects.requireNonNullElse(controller.getStatus().getAvailableReplicas(), 0);
    }

    private static int sum(List<ReplicationController> all, ToIntFunction<ReplicationController> what) {
        return all.stream().mapToInt(what).sum();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
