package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectRulesReviewStatus;
import io.podcapture.Permission;
import io.podcapture.spi.MethodContext;
import java.io.IOException;

/**
 * Asks the API server what its caller may do: one list for each namespace, and a question of its own only for what that does
 * not grant, since some authorizers cannot list. A question by the name of an object only where a rule may hold for names:
 * there may be many.
 */
final class Rights {
    private final Cluster cluster;
    private final MethodContext context;

    Rights(Cluster cluster, MethodContext context) {
        this.cluster = cluster;
        this.context = context;
    }

    /** Tells whether the caller has a right for all objects. */
    boolean has(Permission permission) throws IOException, InterruptedException {
        return has(permission, "");
    }

    /**
     * Tells whether the caller has a right for one object: a rule may name those that it holds for.
     *
     * @param name of the object; empty for all
     */
    boolean has(Permission permission, String name) throws IOException, InterruptedException {
        // Nobody lists what holds for the whole cluster.
        GrantedRules listed = permission.scope().isEmpty()
                ? GrantedRules.untold()
                : context.shared(key(permission.scope()), GrantedRules.class, scope -> list(permission.scope()));
        return listed.grant(permission, name)
                || isGranted(permission, "")
                || !name.isEmpty() && listed.mayNameObjects(permission) && isGranted(permission, name);
    }

    private boolean isGranted(Permission permission, String name) throws IOException, InterruptedException {
        String key = key(permission.scope()) + "/" + permission + "/" + name;
        return context.shared(key, Boolean.class, scope -> ask(permission, name));
    }

    private String key(String scope) {
        return "rights/" + cluster.caller() + "/" + scope;
    }

    private GrantedRules list(String namespace) throws InterruptedException {
        SelfSubjectRulesReview review = new SelfSubjectRulesReviewBuilder()
                .withNewSpec()
                .withNamespace(namespace)
                .endSpec()
                .build();
        SubjectRulesReviewStatus told = new ApiCall("create", "selfsubjectrulesreviews", "namespace " + namespace)
                .read(() -> cluster.client()
                        .authorization()
                        .v1()
                        .selfSubjectRulesReview()
                        .create(review)
                        .getStatus());
        return new GrantedRules(told.getResourceRules(), Boolean.TRUE.equals(told.getIncomplete()));
    }

    private boolean ask(Permission permission, String name) throws InterruptedException {
        KubernetesResource resource = KubernetesResource.parse(permission.resource());
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(permission.scope())
                .withVerb(permission.action())
                .withGroup(resource.group())
                .withResource(resource.plural())
                .withSubresource(resource.subresource())
                .withName(name)
                .endResourceAttributes()
                .endSpec()
                .build();
        return new ApiCall("create", "selfsubjectaccessreviews", permission.toString())
                .read(() -> cluster.client()
                        .authorization()
                        .v1()
                        .selfSubjectAccessReview()
                        .create(review)
                        .getStatus()
                        .getAllowed());
    }
}
