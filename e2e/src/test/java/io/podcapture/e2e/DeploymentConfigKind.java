package io.podcapture.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** OpenShift's kind of workload in a cluster that is no OpenShift: just the kind, nobody acts on it. */
final class DeploymentConfigKind implements AutoCloseable {
    private static final ResourceDefinitionContext CONTEXT = new ResourceDefinitionContext.Builder()
            .withGroup("apps.openshift.io")
            .withVersion("v1")
            .withKind("DeploymentConfig")
            .withPlural("deploymentconfigs")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;
    private final Resource<CustomResourceDefinition> definition;

    private DeploymentConfigKind(KubernetesClient client, Resource<CustomResourceDefinition> definition) {
        this.client = client;
        this.definition = definition;
    }

    /** Adds the kind; skips the test on an OpenShift, which has it of its own. */
    static DeploymentConfigKind addTo(KubernetesClient client) {
        InputStream yaml =
                Objects.requireNonNull(DeploymentConfigKind.class.getResourceAsStream("deploymentconfig-crd.yaml"));
        Resource<CustomResourceDefinition> definition = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .resource(client.getKubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class));
        boolean real = client.hasApiGroup("apps.openshift.io", true) && definition.get() == null;
        Assumptions.assumeFalse(real, "this is an OpenShift");
        definition.unlock().createOr(NonDeletingOperation::update);
        DeploymentConfigKind kind = new DeploymentConfigKind(client, definition);
        // The server says that it has the kind a moment before it serves it.
        Awaitility.await("the kind is served")
                .atMost(30, TimeUnit.SECONDS)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(kind::isServed);
        return kind;
    }

    private boolean isServed() {
        return objects() >= 0;
    }

    private int objects() {
        return client.genericKubernetesResources(CONTEXT)
                .inAnyNamespace()
                .list()
                .getItems()
                .size();
    }

    /** Makes the object that deploymentconfig.yaml describes. */
    Resource<GenericKubernetesResource> make(String namespace, String name) {
        InputStream yaml =
                Objects.requireNonNull(DeploymentConfigKind.class.getResourceAsStream("deploymentconfig.yaml"));
        GenericKubernetesResource config =
                client.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        config.getMetadata().setName(name);
        client.genericKubernetesResources(CONTEXT)
                .inNamespace(namespace)
                .resource(config)
                .create();
        return client.genericKubernetesResources(CONTEXT).inNamespace(namespace).withName(name);
    }

    /** Takes the kind out of the cluster, unless another run on it has objects of the kind. */
    @Override
    public void close() {
        if (objects() > 0) {
            return;
        }
        definition.delete();
        definition.waitUntilCondition(found -> found == null, 60, TimeUnit.SECONDS);
    }
}
