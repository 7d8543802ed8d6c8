package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "cart-0, pod, cart-0",
        "pod/cart-0, pod, cart-0",
        "po/cart-0, pod, cart-0",
        "pods/cart-0, pod, cart-0",
        "deploy/cart, deployment, cart",
        "deployments/cart, deployment, cart",
        "deployment/cart, deployment, cart",
        "deployment.apps/cart, deployment, cart",
        "Deployment/cart, deployment, cart",
        "sts/db, statefulset, db",
        "statefulset/db, statefulset, db",
        "statefulsets/db, statefulset, db",
        "statefulsets.apps/db, statefulset, db",
        "ds/log, daemonset, log",
        "daemonsets/log, daemonset, log",
        "rs/cart-5d4f, replicaset, cart-5d4f",
        "replicasets/cart-5d4f, replicaset, cart-5d4f",
        "job/once, job, once",
        "jobs/once, job, once",
        "job.batch/once, job, once",
        "svc/cart, service, cart",
        "services/cart, service, cart",
        "dc/cart, deploymentconfig, cart",
        "deploymentconfigs/cart, deploymentconfig, cart",
        "deploymentconfig.apps.openshift.io/cart, deploymentconfig, cart",
        "cronjob/once, cronjob, once",
        "router/edge, router, edge",
        "Router/edge, Router, edge",
        "file//var/x.pcap, file, /var/x.pcap"
    })
    void parse_kindAndName_areRead(String text, String kind, String name) {
        Target target = Target.parse(text, "shop");
        assertThat(target).isEqualTo(Targets.of(kind, "shop", name));
        assertThat(target.scope()).isEqualTo("shop");
        assertThat(target.selector()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ns/shop, namespace, shop",
        "namespace/shop, namespace, shop",
        "namespaces/shop, namespace, shop",
        "no/worker-1, node, worker-1",
        "node/worker-1, node, worker-1",
        "nodes/worker-1, node, worker-1"
    })
    void parse_kindWithoutScope_leavesTheScopeOut(String text, String kind, String name) {
        assertThat(Target.parse(text, "default"))
                .isEqualTo(Targets.of(kind, "", name))
                .hasToString(kind + " " + name);
    }

    @Test
    void parse_eachKind_isWhatTargetsMakes() {
        assertThat(Target.parse("deploy/a", "shop")).isEqualTo(Targets.deployment("shop", "a"));
        assertThat(Target.parse("sts/a", "shop")).isEqualTo(Targets.statefulSet("shop", "a"));
        assertThat(Target.parse("ds/a", "shop")).isEqualTo(Targets.daemonSet("shop", "a"));
        assertThat(Target.parse("rs/a", "shop")).isEqualTo(Targets.replicaSet("shop", "a"));
        assertThat(Target.parse("job/a", "shop")).isEqualTo(Targets.job("shop", "a"));
        assertThat(Target.parse("svc/a", "shop")).isEqualTo(Targets.service("shop", "a"));
        assertThat(Target.parse("ns/a", "shop")).isEqualTo(Targets.namespace("a"));
        assertThat(Target.parse("node/a", "shop")).isEqualTo(Targets.node("a"));
        assertThat(Target.parse("docker/a", "shop")).isEqualTo(Targets.container("a"));
        assertThat(Target.parse("podman/a", "shop")).isEqualTo(Targets.container("a"));
        assertThat(Target.parse("containerhost/engine", "shop")).isEqualTo(Targets.containerHost());
        assertThat(Target.parse("pid/42", "shop")).isEqualTo(Targets.process(42));
        assertThat(Target.parse("netns/a", "shop")).isEqualTo(Targets.networkNamespace("a"));
        assertThat(Target.parse("machine/local", "shop")).isEqualTo(Targets.localMachine());
        assertThat(Target.parse("netns//run/docker/netns/1f2e", "shop"))
                .isEqualTo(Targets.networkNamespace("/run/docker/netns/1f2e"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    docker//web           | docker/NAME or docker/ID of a container
                    podman/               | docker/NAME or docker/ID of a container
                    container/a/b         | docker/NAME or docker/ID of a container
                    pid/                  | pid/NUMBER of a process
                    pid/0                 | pid/NUMBER of a process
                    pid/nginx             | pid/NUMBER of a process
                    pid/9999999999        | pid/NUMBER of a process
                    pid/42/ns/net         | pid/NUMBER of a process
                    netns/                | netns/NAME as ip netns lists it
                    netns//               | netns/NAME as ip netns lists it
                    netns/run/netns/blue  | netns/NAME as ip netns lists it
                    netns//run/netns/     | netns/NAME as ip netns lists it
                    node/a/b              | KIND/NAME, for instance deploy/cart
                    containerhost/a/b     | KIND/NAME, for instance deploy/cart
                    """)
    void parse_nameThatTheKindHasNot_saysHowToSpellIt(String text, String spelling) {
        assertThatThrownBy(() -> Target.parse(text, "shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot read target \"" + text + "\": write " + spelling);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "pod/", "/cart", "pod/a/b", "deploy/ "})
    void parse_missingPart_isRefusedWithText(String text) {
        assertThatThrownBy(() -> Target.parse(text, "shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void equals_equalWords_areOneTarget() {
        assertThat(Targets.pod("shop", "cart-0"))
                .isEqualTo(Target.parse("cart-0", "shop"))
                .hasSameHashCodeAs(Target.parse("cart-0", "shop"))
                .isNotEqualTo(Targets.pod("bank", "cart-0"))
                .isNotEqualTo(Targets.deployment("shop", "cart-0"))
                .isNotEqualTo(Targets.pods("shop", "cart-0"))
                .isNotEqualTo(Targets.pod("shop", "cart-0").container("app"));
    }

    @Test
    void container_named_keepsEverythingElse() {
        Target target = Targets.pods("shop", "app=web").container("app");
        assertThat(target.container()).hasValue("app");
        assertThat(target.selector()).hasValue("app=web");
        assertThat(target.name()).isEmpty();
    }

    @Test
    void toString_kinds_areReadable() {
        assertThat(Targets.pod("shop", "cart-0")).hasToString("pod shop/cart-0");
        assertThat(Targets.pods("shop", "app=web")).hasToString("pod shop/[app=web]");
        assertThat(Targets.of("machine", "", "here")).hasToString("machine here");
    }

    @Test
    void of_blankWords_areRefused() {
        assertThatThrownBy(() -> Targets.of(" ", "", "x")).hasMessageContaining("kind");
        assertThatThrownBy(() -> Targets.pod("shop", "")).hasMessageContaining("name");
        assertThatThrownBy(() -> Targets.process(0)).hasMessageContaining("not 0");
        assertThatThrownBy(() -> Targets.pods("shop", " ")).hasMessageContaining("selector");
        assertThatThrownBy(() -> Targets.pod("shop", "a").container("")).hasMessageContaining("container");
    }
}
