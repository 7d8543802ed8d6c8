package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.podcapture.Permission;
import io.podcapture.spi.MethodContext;
import java.io.IOException;

/**
 * Asks the API server what its caller may do: one list for each namespace, and a question of its own only for what that does
 * not grant, since some authorizers cannot list.
 */
final class Rights {
    private final Cluster cluster;
    private final MethodContext context;

    Rights(Cluster cluster, MethodContext context) {
        this.cluster = cluster;
        this.context = context;
    }

    boolean has(Permission permission) throws IOException, InterruptedException {
        String key = "rights/" + cluster.place() + "/" + permission.scope();
        if (!permission.scope().isEmpty()
                && context.shared(key, GrantedRules.class, scope -> list(permission.scope()))
                        .grant(permission)) {
            return true;
        }
        return context.shared(key + "/" + permission, Boolean.class, scope -> ask(permission));
    }

    private GrantedRules list(String namespace) throws InterruptedException {
        SelfSubjectRulesReview review = new SelfSubjectRulesReviewBuilder()
                .withNewSpec()
                .withNamespace(namespace)
                .endSpec()
                .build();
        return new GrantedRules(new ApiCall("create", "selfsubjectrulesreviews", "namespace " + namespace)
                .ask(() -> cluster.client()
                        .authorization()
                        .v1()
                        .selfSubjectRulesReview()
                        .create(review)
                        .getStatus()
                        .getResourceRules()));
    }

    private boolean ask(Permission permission) throws InterruptedException {
        KubernetesResource resource = KubernetesResource.parse(permission.resource());
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(permission.scope())
                .withVerb(permission.action())
                .withGroup(resource.group())
                .withResource(resource.plural())
                .withSubresource(resource.subresource())
                .endResourceAttributes()
                .endSpec()
                .build();
        return new ApiCall("create", "selfsubjectaccessreviews", permission.toString())
                .ask(() -> cluster.client()
                        .authorization()
                        .v1()
                        .selfSubjectAccessReview()
                        .create(review)
                        .getStatus()
                        .getAllowed());
    }
}
