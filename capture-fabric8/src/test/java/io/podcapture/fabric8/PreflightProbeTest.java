package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CapturePlan;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.PlanDepth;
import io.podcapture.PlannedMethod;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.Usability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What plans find out that may run something in containers. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class PreflightProbeTest extends PreflightFixture {
    private static final Target WEB = Targets.pod("demo", "web");
    private static final String ROOT = "arch amd64\nuser 0\ncaps 00000000a80425fb\n";
    private static final String VERSION = ROOT + "tool tcpdump version 4.99.4\n";
    private static final String DIRECTORY = ROOT + "not unwritable /tmp\nin /dev/shm\n";
    private static final String NO_DIRECTORY = ROOT + "not unwritable /tmp\nnot missing /dev/shm\n";
    private static final String NO_CAPS = "caps 0000000000000000";
    private static final String DENIED = "pods \\\"web\\\" is forbidden: User \\\"ci\\\" cannot create resource";

    private final PodBuilder pod = Pods.running("web");
    private FakeContainers containers;
    private KubernetesClient client;

    @BeforeEach
    void run() throws Exception {
        containers = new FakeContainers(api.url());
        client = Http.JDK.client(containers.url());
        grantAll();
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        containers.close();
    }

    @Test
    void exec_tcpdumpFound_isUsableWithItsVersion() {
        containers.print("app", 1, VERSION);
        assertThat(exec(WEB))
                .returns(Usability.USABLE, PlannedMethod::usability)
                .returns("container app has tcpdump version 4.99.4", PlannedMethod::sentence);
        assertThat(asked()).containsExactly("app");
    }

    @Test
    void exec_toolOfAUserWithoutCapabilities_isUncertain() {
        containers.print("app", 1, VERSION.replace("user 0", "user 1000").replaceAll("caps \\w+", NO_CAPS));
        assertThat(exec(WEB))
                .returns(Usability.UNCERTAIN, PlannedMethod::usability)
                .returns(
                        "container app has tcpdump version 4.99.4; whether it may open raw sockets there only a try"
                                + " tells",
                        PlannedMethod::sentence);
    }

    // The runtime's defaults are nowhere in the pod, and those of CRI-O lack it.
    @Test
    void exec_rootWithoutNetRaw_isRefused() {
        containers.print("app", 1, VERSION.replaceAll("caps \\w+", "caps 00000000000005fb"));
        assertThat(exec(WEB))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .returns(
                        "container app has tcpdump version 4.99.4, but user 0 may not open raw sockets there: its"
                                + " capabilities do not hold NET_RAW",
                        PlannedMethod::sentence);
    }

    @Test
    void exec_capabilitiesNotTold_isUncertain() {
        containers.print("app", 1, VERSION.replaceAll("caps \\w+\n", ""));
        assertThat(exec(WEB)).returns(Usability.UNCERTAIN, PlannedMethod::usability);
    }

    @Test
    void upload_userWithoutCapabilities_isRefused() {
        containers.print("app", 1, DIRECTORY.replace("user 0", "user 1000").replaceAll("caps \\w+", NO_CAPS));
        assertThat(upload(WEB))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .extracting(PlannedMethod::sentence)
                .asString()
                .startsWith("container app of pod demo/web takes a program in /dev/shm, but user 1000 may not");
    }

    @Test
    void upload_capabilitiesNotTold_isUncertain() {
        containers.print("app", 1, DIRECTORY.replaceAll("user 0\ncaps \\w+\n", ""));
        assertThat(upload(WEB)).returns(Usability.UNCERTAIN, PlannedMethod::usability);
    }

    @Test
    void upload_oneContainerOfAnotherUserThanRoot_isNotAsked() {
        haveContainers("app", "proxy");
        pod.editSpec()
                .editMatchingContainer(each -> each.getName().equals("app"))
                .withNewSecurityContext()
                .withRunAsUser(1000L)
                .endSecurityContext()
                .endContainer()
                .endSpec();
        api.serve("GET " + PODS + "/web", pod.build());
        containers.print("app", 1, DIRECTORY);
        containers.print("proxy", 1, DIRECTORY);
        assertThat(upload(WEB).sentence()).startsWith("container proxy of pod demo/web takes a program");
        assertThat(asked()).containsExactly("proxy");
    }

    @Test
    void upload_podOfAnotherUserThanRoot_isRefusedWithoutAProbe() {
        pod.editSpec()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .endSecurityContext()
                .endSpec();
        api.serve("GET " + PODS + "/web", pod.build());
        assertThat(upload(WEB))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .extracting(PlannedMethod::sentence)
                .asString()
                .startsWith("no container of the pod that may open raw sockets runs as root");
        assertThat(containers.commands()).isEmpty();
    }

    @Test
    void exec_noContainerHasIt_isRefusedWithThoseAsked() {
        haveContainers("app", "proxy", "odd");
        containers.lackAll("app");
        containers.fail("proxy", 2, "sh: not found\n");
        containers.print("odd", 1, "no version of anything\n");
        assertThat(exec(WEB))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .returns("no container has a shell and tcpdump; asked were app, proxy, odd", PlannedMethod::sentence);
    }

    @Test
    void exec_severalContainers_asksUntilOneHasIt() {
        haveContainers("app", "proxy", "last");
        containers.lackAll("app");
        containers.print("proxy", 1, VERSION);
        assertThat(exec(WEB).sentence()).isEqualTo("container proxy has tcpdump version 4.99.4");
        assertThat(asked()).containsExactly("app", "proxy");
    }

    @Test
    void exec_containerWhereNobodyMayCapture_isNotAsked() {
        haveContainers("app", "proxy");
        dropAllIn("app");
        containers.print("app", 1, VERSION);
        containers.print("proxy", 1, VERSION);
        assertThat(exec(WEB))
                .returns(Usability.USABLE, PlannedMethod::usability)
                .returns("container proxy has tcpdump version 4.99.4", PlannedMethod::sentence);
        assertThat(asked()).containsExactly("proxy");
    }

    @Test
    void exec_foundBesideOneThatMayNotCapture_isUsable() {
        haveContainers("app", "proxy");
        dropAllIn("app");
        containers.lackAll("app");
        containers.print("proxy", 1, VERSION);
        assertThat(exec(WEB)).returns(Usability.USABLE, PlannedMethod::usability);
    }

    @Test
    void exec_targetNamesAContainer_asksNoOther() {
        haveContainers("app", "proxy");
        containers.lackAll("proxy");
        assertThat(exec(WEB.container("proxy")).sentence())
                .isEqualTo("no container has a shell and tcpdump; asked were proxy");
        assertThat(asked()).containsExactly("proxy");
    }

    @Test
    void exec_execIsRefused_isRefusedInTheServersWords() {
        haveContainers("app", "proxy");
        containers.refuse("app", 403, DENIED);
        assertThat(exec(WEB))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .extracting(PlannedMethod::sentence)
                .asString()
                .startsWith("cannot exec in container app of pod demo/web: pods \"web\" is forbidden")
                .contains("needed is get and create on pods/exec in namespace demo");
        assertThat(containers.commands()).noneMatch(command -> command.startsWith("proxy"));
    }

    @Test
    void exec_containerCannotBeAsked_isUncertainAndStillSaysWhatItNeeds() {
        containers.refuse("app", 500, "container not found");
        PlannedMethod exec = exec(WEB);
        assertThat(exec).returns(Usability.UNCERTAIN, PlannedMethod::usability);
        assertThat(exec.sentence()).contains("answered with code 500: container not found");
        assertThat(exec.permissions()).hasSize(3);
    }

    @Test
    void exec_noAnswerInTime_isUncertain() {
        containers.hang("app");
        CapturePlan plan = CaptureSession.builder()
                .via(methods(client).exec())
                .target(WEB)
                .startTimeout(Duration.ofSeconds(2))
                .plan(PlanDepth.PROBE);
        PlannedMethod exec = method(plan, "exec");
        assertThat(exec).returns(Usability.UNCERTAIN, PlannedMethod::usability);
        assertThat(exec.sentence()).startsWith("it could not be asked: ");
    }

    @Test
    void all_depthOfReading_runNothing() {
        CapturePlan plan = plan(methods(client).auto(), WEB);
        assertThat(method(plan, "exec").usability()).isEqualTo(Usability.UNCERTAIN);
        assertThat(method(plan, "upload").usability()).isEqualTo(Usability.UNCERTAIN);
        assertThat(containers.commands()).isEmpty();
    }

    @Test
    void all_rightsMissing_runNothing() {
        api.revokeAll();
        CapturePlan plan = probe(methods(client).auto(), WEB);
        assertThat(method(plan, "exec").sentence()).startsWith("you may not get pods in demo");
        assertThat(method(plan, "upload").sentence()).startsWith("you may not get pods in demo");
        assertThat(containers.commands()).isEmpty();
    }

    @Test
    void upload_directoryFound_isUsableThere() {
        containers.print("app", 1, DIRECTORY);
        PlannedMethod upload = upload(WEB);
        assertThat(upload)
                .returns(Usability.USABLE, PlannedMethod::usability)
                .returns("container app of pod demo/web takes a program in /dev/shm", PlannedMethod::sentence);
        assertThat(upload.creates()).containsExactly("a tcpdump in a container, whose file is removed before it runs");
        assertThat(containers.commands())
                .singleElement()
                .asString()
                .startsWith("app: sh -c ")
                .contains(" podcapture-probe ");
    }

    @Test
    void upload_containerOfAnotherArchitecture_isRefused() {
        api.revokeAll();
        api.list("demo", "*", "*");
        containers.print("app", 1, "arch riscv64\nin /tmp\n");
        assertThat(upload(WEB))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .returns(
                        "container app of pod demo/web runs on riscv64, for which no static tcpdump was given",
                        PlannedMethod::sentence);
    }

    @Test
    void upload_noDirectory_isRefusedWithThoseTried() {
        containers.print("app", 1, NO_DIRECTORY);
        assertThat(upload(WEB))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .extracting(PlannedMethod::sentence)
                .asString()
                .contains("tried /tmp (not writable), /dev/shm (missing)");
    }

    @Test
    void upload_severalContainers_asksUntilOneTakesIt() {
        haveContainers("app", "proxy", "last");
        containers.lackAll("app");
        containers.print("proxy", 1, DIRECTORY);
        assertThat(upload(WEB).sentence()).startsWith("container proxy of pod demo/web takes a program");
        assertThat(containers.commands()).hasSize(2);
    }

    @Test
    void upload_containerWhereNobodyMayCapture_isNotAsked() {
        haveContainers("app", "proxy");
        dropAllIn("app");
        containers.print("app", 1, DIRECTORY);
        containers.print("proxy", 1, DIRECTORY);
        assertThat(upload(WEB).sentence()).startsWith("container proxy of pod demo/web takes a program");
        assertThat(containers.commands()).hasSize(1);
    }

    @Test
    void upload_noContainerTakesIt_isRefusedWithTheReasonOfEach() {
        haveContainers("app", "proxy");
        containers.lackAll("app");
        containers.print("proxy", 1, NO_DIRECTORY);
        assertThat(upload(WEB).sentence())
                .contains("the command is not in the image of container app of pod demo/web;")
                .contains("container proxy of pod demo/web has no directory")
                .doesNotContain("Internal error");
    }

    @Test
    void upload_execIsRefused_isRefusedInTheServersWords() {
        containers.refuse("app", 403, DENIED);
        assertThat(upload(WEB))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .extracting(PlannedMethod::sentence)
                .asString()
                .startsWith("cannot exec in container app of pod demo/web: pods \"web\" is forbidden");
    }

    // All are asked by the same script.
    private List<String> asked() {
        assertThat(containers.commands())
                .allMatch(command -> command.contains(": sh -c ") && command.contains(" podcapture-probe "));
        return containers.commands().stream()
                .map(command -> command.replaceAll("(?s): .*", ""))
                .toList();
    }

    private PlannedMethod exec(Target target) {
        return method(probe(methods(client).exec(), target), "exec");
    }

    private PlannedMethod upload(Target target) {
        return method(probe(methods(client).upload(), target), "upload");
    }

    private static CapturePlan probe(MethodChoice choice, Target target) {
        return CaptureSession.builder().via(choice).target(target).plan(PlanDepth.PROBE);
    }

    private static KubernetesMethods methods(KubernetesClient client) {
        return KubernetesMethods.builder(client)
                .staticTcpdump("amd64", Path.of("/no/such/tcpdump"))
                .build();
    }

    private void haveContainers(String... names) {
        pod.editSpec().withContainers().endSpec();
        pod.editStatus().withContainerStatuses().endStatus();
        for (String name : names) {
            pod.editSpec().addNewContainer().withName(name).endContainer().endSpec();
            pod.editStatus().addToContainerStatuses(Pods.runs(name)).endStatus();
        }
        api.serve("GET " + PODS + "/web", pod.build());
    }

    private void dropAllIn(String container) {
        pod.editSpec()
                .editMatchingContainer(each -> each.getName().equals(container))
                .withNewSecurityContext()
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec();
        api.serve("GET " + PODS + "/web", pod.build());
    }
}
