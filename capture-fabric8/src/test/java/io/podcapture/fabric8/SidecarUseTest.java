package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions that share the sidecar of one deployment, at a server that answers as Kubernetes does. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class SidecarUseTest {
    private static final String A = "podcapture.io/session-a";
    private static final String B = "podcapture.io/session-b";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String IN_A_MINUTE = Long.toString(START.getEpochSecond() + 60);

    private Instant now = START;
    private FakeDeployment deployment;
    private KubernetesClient client;
    private Workload workload;

    @BeforeEach
    void serve() throws Exception {
        deployment = new FakeDeployment();
        client = Http.JDK.client(deployment.url());
        Workload named = new Workload(new Cluster(client, ""), WorkloadKind.DEPLOYMENT, "demo", "web");
        workload = named.only(named.look());
    }

    @AfterEach
    void close() {
        client.close();
        deployment.close();
    }

    @Test
    void renew_again_movesTheSessionsOwnMark() throws Exception {
        use("a").renew();
        assertThat(deployment.labels())
                .containsOnly(entry("app", "web"), entry(SidecarUse.LABEL, "true"), entry(A, IN_A_MINUTE));
        now = START.plusSeconds(20);
        use("b").renew();
        use("a").renew();
        String later = Long.toString(START.getEpochSecond() + 80);
        assertThat(deployment.labels()).containsEntry(A, later).containsEntry(B, later);
    }

    @Test
    void add_first_putsTheContainerIn() throws Exception {
        assertThat(add("a", "one")).isFalse();
        assertThat(image()).isEqualTo("one");
        assertThat(deployment.labels()).containsEntry(SidecarUse.LABEL, "true");
    }

    @Test
    void add_whileAnotherSessionIsAlive_leavesItsContainerAlone() throws Exception {
        begin("a", "one");
        now = START.plusSeconds(59);
        assertThat(begin("b", "two")).isTrue();
        assertThat(image()).isEqualTo("one");
    }

    @Test
    void add_whenTheOtherSessionIsDead_makesItAnew() throws Exception {
        begin("a", "one");
        now = START.plusSeconds(60);
        assertThat(begin("b", "two")).isFalse();
        assertThat(image()).isEqualTo("two");
    }

    @Test
    void dead_amongOthers_areThoseWhoseTimeIsUp() throws Exception {
        use("a").renew();
        now = START.plusSeconds(30);
        use("b").renew();
        use("c").renew();
        assertThat(use("c").dead(workload.look())).isEmpty();
        now = START.plusSeconds(60);
        assertThat(use("c").dead(workload.look())).containsExactly("a");
        now = START.plusSeconds(120);
        assertThat(use("c").dead(workload.look())).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void add_anotherSessionWithoutContainerYet_putsItIn() throws Exception {
        use("a").renew();
        assertThat(begin("b", "two")).isFalse();
        assertThat(image()).isEqualTo("two");
    }

    @Test
    void add_somebodyWasFaster_looksAgain() throws Exception {
        deployment.meanwhile((manager, patches) -> {
            if (patches == 0) {
                deployment.apply("podcapture", Map.of("spec", spec("theirs")));
                deployment.apply("podcapture-b", label(B, IN_A_MINUTE));
            }
        });
        assertThat(add("a", "one")).isTrue();
        assertThat(image()).isEqualTo("theirs");
    }

    @Test
    void add_changesAllTheTime_isGivenUp() {
        deployment.meanwhile((manager, patches) -> deployment.touch());
        assertThat(catchThrowableOfType(CaptureException.class, () -> add("a", "one")))
                .returns(FailureReason.PROCESS_FAILED, CaptureException::reason)
                .hasMessageStartingWith("deployment demo/web changes all the time");
        assertThat(deployment.patches()).hasSize(50);
    }

    @Test
    void leave_lastOne_takesAllOut() throws Exception {
        begin("a", "one");
        assertThat(use("a").leave()).isTrue();
        assertThat(deployment.containers()).containsOnlyKeys("app");
        assertThat(deployment.labels()).containsOnlyKeys("app");
    }

    @Test
    void leave_whileAnotherIsAlive_takesItsOwnMarkOnly() throws Exception {
        begin("a", "one");
        begin("b", "two");
        assertThat(use("a").leave()).isFalse();
        assertThat(image()).isEqualTo("one");
        assertThat(deployment.labels()).containsOnlyKeys("app", SidecarUse.LABEL, B);
        assertThat(use("b").leave()).isTrue();
        assertThat(deployment.containers()).containsOnlyKeys("app");
    }

    @Test
    void leave_othersAreDead_takesTheirMarksToo() throws Exception {
        begin("a", "one");
        use("c").renew();
        now = START.plusSeconds(61);
        begin("b", "two");
        assertThat(use("b").leave()).isTrue();
        assertThat(deployment.labels()).containsOnlyKeys("app");
        assertThat(deployment.containers()).containsOnlyKeys("app");
    }

    @Test
    void leave_somebodyCameInBetween_leavesTheContainer() throws Exception {
        begin("a", "one");
        deployment.meanwhile((manager, patches) -> {
            if (manager.equals("podcapture")) {
                deployment.apply("podcapture-b", label(B, IN_A_MINUTE));
            }
        });
        assertThat(use("a").leave()).isFalse();
        assertThat(image()).isEqualTo("one");
    }

    @Test
    void leave_deleted_hasNothingToDo() throws Exception {
        deployment.delete();
        assertThat(use("a").leave()).isTrue();
        assertThat(deployment.patches()).isEmpty();
    }

    @Test
    void leave_deletedMeanwhile_hasNothingToDo() throws Exception {
        begin("a", "one");
        deployment.meanwhile((manager, patches) -> deployment.delete());
        assertThat(use("a").leave()).isTrue();
    }

    @Test
    void leave_anotherHasTheNameNow_leavesThatAlone() throws Exception {
        begin("a", "one");
        deployment.replace();
        assertThat(use("a").leave()).isTrue();
        assertThat(deployment.patches()).hasSize(2);
    }

    @Test
    void renew_anotherHasTheNameNow_isRefusedAndMarksNothing() throws Exception {
        begin("a", "one");
        deployment.replace();
        assertThat(catchThrowableOfType(CaptureException.class, () -> use("a").renew()))
                .isNotNull();
        assertThat(deployment.labels()).containsOnly(entry("app", "web"));
    }

    @Test
    void leave_containerIsAnothersToo_saysSo() throws Exception {
        begin("a", "one");
        deployment.apply("kubectl", Map.of("spec", spec("one")));
        assertThat(catchThrowableOfType(CaptureException.class, () -> use("a").leave()))
                .returns(FailureReason.PROCESS_FAILED, CaptureException::reason)
                .hasMessageContaining("since somebody else has applied it too");
    }

    @ParameterizedTest
    @CsvSource({
        "1767225660, 2026-01-01T00:01:00Z",
        "soon, -1000000000-01-01T00:00:00Z",
        "9999999999999999999, -1000000000-01-01T00:00:00Z",
        "999999999999999999, -1000000000-01-01T00:00:00Z"
    })
    void others_ofMarks_areThoseOfOtherSessions(String mark, Instant until) {
        WorkloadView view = Workloads.of(
                WorkloadKind.DEPLOYMENT,
                "metadata: {labels: {app: web, '" + A + "': '1', '" + B + "': '" + mark + "'}}");
        assertThat(use("a").others(view)).containsOnly(entry("b", until));
        assertThat(SidecarUse.sessions(view)).containsOnlyKeys("a", "b");
    }

    private boolean begin(String session, String image) throws InterruptedException {
        use(session).renew();
        return add(session, image);
    }

    private boolean add(String session, String image) throws InterruptedException {
        HelperSettingsBuilder settings = new HelperSettingsBuilder();
        settings.image(image);
        return use(session)
                .add(
                        new SidecarContainer(settings.build(), new SidecarSettings(1 << 30, false)),
                        SecurityProfile.DEFAULTS);
    }

    private SidecarUse use(String session) {
        return new SidecarUse(workload, session, () -> now);
    }

    private Object image() {
        return ((Map<?, ?>) deployment.containers().get("podcapture")).get("image");
    }

    private static Map<String, ?> label(String key, String value) {
        return Map.of("metadata", Map.of("labels", Map.of(key, value)));
    }

    private static Map<String, ?> spec(String image) {
        return Map.of(
                "template",
                Map.of("spec", Map.of("containers", List.of(Map.of("name", "podcapture", "image", image)))));
    }
}
