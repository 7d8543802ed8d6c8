package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.podcapture.CapturePlan;
import io.podcapture.MethodChoice;
import io.podcapture.Permission;
import io.podcapture.PlannedMethod;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.Usability;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the method sidecar says of a deployment before it changes it. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class SidecarPreflightTest extends PreflightFixture {
    private static final Target DEPLOYMENT = Targets.deployment("demo", "shop");
    private static final String GET = "GET /apis/apps/v1/namespaces/demo/deployments/shop";
    private static final DeploymentBuilder SHOP = new DeploymentBuilder()
            .withNewMetadata()
            .withNamespace("demo")
            .withName("shop")
            .endMetadata()
            .withNewSpec()
            .withNewSelector()
            .withMatchLabels(Map.of("app", "shop"))
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", "shop")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("app")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec();

    @BeforeEach
    void deploy() {
        api.serve(GET, SHOP.build());
        // The caller may not look at replica sets, so their name tells whose they are.
        api.refuse("GET /apis/apps/v1/namespaces/demo/replicasets/shop-5d8f", 403, "no");
        api.serve(
                "GET " + PODS,
                new PodListBuilder()
                        .addToItems(new PodBuilder(Pods.running("shop-5d8f-1").build())
                                .editMetadata()
                                .addNewOwnerReference()
                                .withController(true)
                                .withKind("ReplicaSet")
                                .withName("shop-5d8f")
                                .withUid("uid-shop-5d8f")
                                .endOwnerReference()
                                .endMetadata()
                                .build())
                        .build());
    }

    @Test
    void deployment_allGranted_isUsableAndSaysThatPodsAreRestarted() {
        grant("get", "list", "watch", "patch");
        PlannedMethod sidecar = sidecar(DEPLOYMENT);
        assertThat(sidecar)
                .returns(Usability.USABLE, PlannedMethod::usability)
                .returns("its pods would be restarted, twice", PlannedMethod::sentence);
        assertThat(sidecar.creates())
                .containsExactly("a container in the template of deployment demo/shop: its pods are restarted, twice");
        assertThat(api.questions()).noneMatch(question -> question.startsWith("PATCH"));
    }

    @Test
    void deployment_podSecurityRefusesItsPods_isRefusedWithTheLevel() {
        grant("get", "list", "watch", "patch");
        api.refuse(CREATE, 403, "pods is forbidden: violates PodSecurity \"restricted:latest\"");
        PlannedMethod sidecar = sidecar(DEPLOYMENT);
        assertThat(sidecar).returns(Usability.REFUSED, PlannedMethod::usability);
        assertThat(sidecar.sentence()).contains("violates PodSecurity");
        assertThat(sidecar.permissions()).contains(new Permission("pod-security", "demo", "admit", "baseline"));
        assertThat(api.body(CREATE)).contains("\"name\":\"podcapture\"").contains("\"app\":\"shop\"");
    }

    // As in a stateful set, whose claims become volumes only in its pods.
    @Test
    void template_mountsWhatOnlyItsPodsHave_isTriedWithAVolumeForIt() {
        grant("get", "list", "watch", "patch");
        DeploymentBuilder shop = new DeploymentBuilder(SHOP.build());
        shop.editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec();
        api.serve(GET, shop.build());
        assertThat(sidecar(DEPLOYMENT)).returns(Usability.USABLE, PlannedMethod::usability);
        assertThat(api.body(CREATE)).contains("{\"emptyDir\":{},\"name\":\"data\"}");
    }

    @Test
    void deployment_podThatNobodyWouldMake_saysNothingOfIt() {
        grant("get", "list", "watch", "patch");
        api.refuse(CREATE, 422, "Pod is invalid: spec.restartPolicy");
        assertThat(sidecar(DEPLOYMENT))
                .returns(Usability.UNCERTAIN, PlannedMethod::usability)
                .extracting(PlannedMethod::sentence)
                .asString()
                .startsWith("it could not be asked: ");
    }

    @Test
    void deployment_mayNotCreatePods_isUncertain() {
        api.list("demo", "pods", "get", "list");
        api.list("demo", "pods/exec", "*");
        for (String verb : List.of("get", "list", "watch", "patch")) {
            api.allow(verb + " deployments.apps in demo");
        }
        PlannedMethod sidecar = sidecar(DEPLOYMENT);
        assertThat(sidecar).returns(Usability.UNCERTAIN, PlannedMethod::usability);
        assertThat(sidecar.sentence()).endsWith("who asks needs the right to create pods in demo");
        assertThat(api.questions()).doesNotContain(CREATE + " as a dry run");
    }

    @Test
    void deployment_notTheFirstOfItsChoice_isRefusedWithoutAQuestion() {
        grantAll();
        CapturePlan plan = plan(
                MethodChoice.inOrder(
                        methods().exec().methods().get(0),
                        methods().sidecar().methods().get(0)),
                DEPLOYMENT);
        assertThat(method(plan, "sidecar"))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .returns(
                        "it must be the first method of a choice, since it changes what there is to capture",
                        PlannedMethod::sentence);
    }

    @Test
    void deployment_noRightOnItsHistory_isUsableAndNamesTheRights() {
        grant("get", "list", "watch", "patch");
        PlannedMethod sidecar = sidecar(DEPLOYMENT);
        assertThat(sidecar).returns(Usability.USABLE, PlannedMethod::usability);
        assertThat(sidecar.permissions())
                .extracting(Permission::toString)
                .containsExactlyInAnyOrder(
                        "get deployments.apps in demo",
                        "list deployments.apps in demo",
                        "watch deployments.apps in demo",
                        "patch deployments.apps in demo",
                        "get pods in demo",
                        "list pods in demo",
                        "create pods/exec in demo",
                        "get pods/exec in demo",
                        "list replicasets.apps in demo",
                        "delete replicasets.apps in demo");
        assertThat(api.questions()).noneMatch(question -> question.contains("may I delete"));
    }

    @Test
    void deployment_isPaused_isRefused() {
        grant("get", "list", "watch", "patch");
        api.serve(
                GET,
                new DeploymentBuilder(SHOP.build())
                        .editSpec()
                        .withPaused(true)
                        .endSpec()
                        .build());
        assertThat(sidecar(DEPLOYMENT))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .returns("its roll-out is paused; resume it", PlannedMethod::sentence);
    }

    @Test
    void deployment_mayNotBePatched_isRefusedWithoutALook() {
        grant("get", "list", "watch");
        assertThat(sidecar(DEPLOYMENT))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .returns("you may not patch deployments.apps in demo", PlannedMethod::sentence);
        assertThat(api.questions()).as("only the resolver looked").containsOnlyOnce(GET);
    }

    @Test
    void pod_allGranted_isRefused() {
        grantAll();
        assertThat(sidecar(Targets.pod("demo", "web")))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .returns(
                        "only a deployment, statefulset or daemonset can be given a container",
                        PlannedMethod::sentence);
    }

    /** Lets the caller do all to pods, and this to deployments. */
    private void grant(String... verbsOnDeployments) {
        api.list("demo", "*", "*");
        for (String verb : verbsOnDeployments) {
            api.allow(verb + " deployments.apps in demo");
        }
    }

    private PlannedMethod sidecar(Target target) {
        return method(plan(methods().sidecar(), target), "sidecar");
    }
}
