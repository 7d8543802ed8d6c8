package io.podcapture.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.podcapture.Permission;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.fabric8.KubernetesPermissions;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The cluster that the tests run on, and a namespace of a test class's own. */
final class TestCluster implements Stage {
    private final KubernetesClient client = newClient();
    private final String namespace =
            "podcapture-e2e-" + UUID.randomUUID().toString().substring(0, 8);

    private TestCluster(Map<String, String> labels) {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
        client.serviceAccounts()
                .inNamespace(namespace)
                .withName("default")
                .waitUntilCondition(account -> account != null, 30, TimeUnit.SECONDS);
    }

    /** Returns why there is no cluster; empty if there is one. */
    static Optional<String> absence() {
        return ClusterChoice.chosen().absence();
    }

    /** Makes a namespace without pods. */
    static TestCluster withNamespace(Map<String, String> labels) {
        return new TestCluster(labels);
    }

    /** Makes a namespace with the pods of pods.yaml and waits until they are ready. */
    static TestCluster withPods() {
        TestCluster cluster = new TestCluster(Map.of());
        cluster.make("pods.yaml");
        cluster.awaitReady("web-sidecar", "scratch", "tools");
        cluster.client
                .apps()
                .deployments()
                .inNamespace(cluster.namespace)
                .withName("cart")
                .waitUntilCondition(deployment -> Readiness.getInstance().isReady(deployment), 60, TimeUnit.SECONDS);
        return cluster;
    }

    /** Makes a namespace with the pods of pods.yaml and the workloads of workloads.yaml, and waits until all are ready. */
    static TestCluster withWorkloads() {
        TestCluster cluster = withPods();
        cluster.makeReady("workloads.yaml");
        return cluster;
    }

    /** Makes what a file beside this class describes, in the namespace, and waits until all of it is ready. */
    void makeReady(String file) {
        InputStream yaml = Objects.requireNonNull(TestCluster.class.getResourceAsStream(file));
        List<HasMetadata> made = client.load(yaml).inNamespace(namespace).create();
        made.forEach(each -> client.resource(each)
                .inNamespace(namespace)
                .waitUntilCondition(one -> Readiness.getInstance().isReady(one), 120, TimeUnit.SECONDS));
    }

    static KubernetesClient newClient() {
        return new KubernetesClientBuilder().withConfig(config()).build();
    }

    static Config config() {
        return ClusterChoice.chosen().config();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Config clientConfig() {
        return config();
    }

    @Override
    public KubernetesClient account(String name, Collection<Permission> rights) {
        TestAccount account = TestAccount.make(this, name);
        account.grant(rights);
        return account.client();
    }

    @Override
    public Grantee grantee(String name, KubernetesPermissions needed) {
        TestAccount account = TestAccount.make(this, name);
        account.grant(needed.yamlFor(namespace, name));
        return account;
    }

    @Override
    public Map<String, String> environment(Path directory) {
        return ClusterChoice.chosen().environment();
    }

    @Override
    public List<String> jvmOptions() {
        return List.of();
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public KubernetesMethods.Builder methods(KubernetesClient client) {
        return KubernetesMethods.builder(client).image("localhost/tools:1");
    }

    @Override
    public KubernetesMethods.Builder methodsWithTcpdump(KubernetesClient client) {
        return Way.methods(client);
    }

    @Override
    public Sender sender(String pod, String container) {
        return shell(pod, container);
    }

    @Override
    public String leavingInterface(String pod, String container, String address) throws Exception {
        String route = shell(pod, container).run("ip route get \"$1\"", address);
        return route.replaceAll("(?s).* dev (\\S+).*", "$1");
    }

    /** Returns a shell in a container, for traffic and for looking around. */
    PodShell shell(String pod, String container) {
        return new PodShell(client, namespace, pod, container);
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
