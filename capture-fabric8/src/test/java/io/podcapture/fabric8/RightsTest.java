package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.Permission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller may do, at a server that counts the questions. */
@Timeout(60)
class RightsTest {
    private final LooseContext context = new LooseContext();
    private FakeApi api;
    private KubernetesClient client;
    private Rights rights;

    @BeforeEach
    void serve() throws Exception {
        api = new FakeApi();
        api.list("demo", "pods", "get", "list", "watch");
        client = Http.JDK.client(api.url());
        rights = new Rights(new Cluster(client, ""), context);
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    @Test
    void has_manyQuestionsOfOneNamespace_listsItOnce() throws Exception {
        assertThat(rights.has(in("demo", "get", "pods"))).isTrue();
        assertThat(rights.has(in("demo", "list", "pods"))).isTrue();
        assertThat(rights.has(in("demo", "watch", "pods"))).isTrue();
        assertThat(api.questions()).containsExactly("list demo");
    }

    @Test
    void has_whatIsNotListed_asksForItAloneAndOnce() throws Exception {
        api.allow("create pods/exec in demo");
        assertThat(rights.has(in("demo", "create", "pods/exec"))).isTrue();
        assertThat(rights.has(in("demo", "delete", "pods"))).isFalse();
        assertThat(rights.has(in("demo", "create", "pods/exec"))).isTrue();
        assertThat(rights.has(in("demo", "delete", "pods"))).isFalse();
        assertThat(api.questions())
                .containsExactly("list demo", "may I create pods/exec in demo", "may I delete pods in demo");
    }

    @Test
    void has_onTheWholeCluster_listsNothing() throws Exception {
        api.allow("get nodes");
        assertThat(rights.has(in("", "get", "nodes"))).isTrue();
        assertThat(rights.has(in("", "list", "nodes"))).isFalse();
        assertThat(api.questions()).containsExactly("may I get nodes", "may I list nodes");
    }

    @Test
    void has_inTwoNamespaces_listsEach() throws Exception {
        api.list("tools", "pods", "create");
        assertThat(rights.has(in("demo", "get", "pods"))).isTrue();
        assertThat(rights.has(in("tools", "create", "pods"))).isTrue();
        assertThat(rights.has(in("demo", "create", "pods"))).isFalse();
        assertThat(api.questions()).containsExactly("list demo", "list tools", "may I create pods in demo");
    }

    @Test
    void has_resourceOfAGroup_asksForItByItsParts() throws Exception {
        api.allow("patch deployments/scale.apps in demo");
        assertThat(rights.has(in("demo", "patch", "deployments.apps/scale"))).isTrue();
    }

    @Test
    void has_askedByAnotherOfTheSession_isAnsweredAlready() throws Exception {
        rights.has(in("demo", "get", "pods"));
        rights.has(in("demo", "delete", "pods"));
        Rights others = new Rights(new Cluster(client, ""), context);
        assertThat(others.has(in("demo", "get", "pods"))).isTrue();
        assertThat(others.has(in("demo", "delete", "pods"))).isFalse();
        assertThat(api.questions()).hasSize(2);
    }

    @Test
    void has_inAnotherSession_isAskedAnew() throws Exception {
        rights.has(in("demo", "get", "pods"));
        new Rights(new Cluster(client, ""), new LooseContext()).has(in("demo", "get", "pods"));
        assertThat(api.questions()).containsExactly("list demo", "list demo");
    }

    @Test
    void has_inAnotherCluster_isAskedAnew() throws Exception {
        rights.has(in("demo", "get", "pods"));
        new Rights(new Cluster(client, "east"), context).has(in("demo", "get", "pods"));
        assertThat(api.questions()).containsExactly("list demo", "list demo");
    }

    @Test
    void has_serverThatDoesNotAnswer_isNoRefusal() {
        api.close();
        assertThat(catchThrowableOfType(CaptureException.class, () -> rights.has(in("demo", "get", "pods"))))
                .returns(FailureReason.STREAM_LOST, CaptureException::reason)
                .hasMessageStartingWith("cannot create selfsubjectrulesreviews of namespace demo");
    }

    private static Permission in(String namespace, String verb, String resource) {
        return new Permission(Preflight.RIGHTS, namespace, verb, resource);
    }
}
