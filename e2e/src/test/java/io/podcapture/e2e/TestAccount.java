package io.podcapture.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.Permission;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A service account that may nothing but what it is given. */
final class TestAccount implements Grantee {
    private final TestCluster cluster;
    private final String name;
    private final KubernetesClient client;
    private List<HasMetadata> granted = new ArrayList<>();

    private TestAccount(TestCluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
        cluster.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        String token = cluster.client()
                .serviceAccounts()
                .inNamespace(cluster.namespace())
                .withName(name)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(TestCluster.config().getMasterUrl())
                        .withCaCertData(TestCluster.config().getCaCertData())
                        .withNamespace(cluster.namespace())
                        .withOauthToken(token)
                        .build())
                .build();
    }

    static TestAccount make(TestCluster cluster, String name) {
        return new TestAccount(cluster, name);
    }

    String name() {
        return name;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    /** Gives it what the YAML says, as {@code kubectl apply} does. */
    void grant(String yaml) {
        granted = cluster.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .forceConflicts()
                .serverSideApply();
    }

    /** Gives it rights in the namespace of the cluster; none if there are none. */
    void grant(Collection<Permission> rights) {
        if (rights.isEmpty()) {
            return;
        }
        StringBuilder rules = new StringBuilder();
        for (Permission right : rights) {
            rules.append("- {apiGroups: [\"\"], resources: [%s], verbs: [%s]}%n"
                    .formatted(right.resource(), right.action()));
        }
        grant("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: %1$s, namespace: %2$s}
                rules:
                %3$s
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: %1$s, namespace: %2$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %1$s}
                subjects: [{kind: ServiceAccount, name: %1$s, namespace: %2$s}]
                """.formatted(name, cluster.namespace(), rules));
    }

    @Override
    public void withhold(Permission right) {
        withhold(right.resource().replaceAll("\\..*", ""), right.action());
    }

    private void withhold(String resource, String verb) {
        for (HasMetadata each : granted) {
            if (each instanceof Role role) {
                apply(role.edit()
                        .withRules(without(role.getRules(), resource, verb))
                        .build());
            } else if (each instanceof ClusterRole role) {
                apply(role.edit()
                        .withRules(without(role.getRules(), resource, verb))
                        .build());
            }
        }
    }

    private void apply(HasMetadata role) {
        role.getMetadata().setManagedFields(null);
        role.getMetadata().setResourceVersion(null);
        cluster.client().resource(role).forceConflicts().serverSideApply();
    }

    private static List<PolicyRule> without(List<PolicyRule> rules, String resource, String verb) {
        List<PolicyRule> left = new ArrayList<>();
        for (PolicyRule rule : rules) {
            if (rule.getResources().contains(resource)) {
                left.add(new PolicyRuleBuilder(rule).removeFromVerbs(verb).build());
            } else {
                left.add(rule);
            }
        }
        left.removeIf(rule -> rule.getVerbs().isEmpty());
        return left;
    }

    @Override
    public void close() {
        // What is not in the namespace does not go with it.
        granted.stream()
                .filter(each -> each.getKind().startsWith("ClusterRole"))
                .forEach(each -> cluster.client().resource(each).delete());
        client.close();
    }
}
