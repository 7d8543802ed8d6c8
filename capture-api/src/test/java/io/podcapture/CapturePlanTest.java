package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.spi.Assessment;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapturePlanTest {
    private static final PlannedMethod EXEC = method("exec", Usability.REFUSED, "you may not create pods/exec in shop");
    private static final PlannedMethod NODE = method("node", Usability.UNCERTAIN, "it can only be tried");
    private static final PlannedMethod EPHEMERAL = method(
            "ephemeral",
            Usability.USABLE,
            "a container is admitted as root with NET_RAW",
            "an ephemeral container in pod shop/web-0",
            "an entry that stays");

    @Test
    void toString_ofPoints_marksTheChoiceAndFitsAScreen() {
        CapturePlan plan = new CapturePlan(List.of(
                new PlannedPoint(Targets.pod("shop", "web-0"), point("shop/web-0"), List.of(EXEC, EPHEMERAL, NODE)),
                new PlannedPoint(
                        Targets.deployment("shop", "cart"), point("shop/cart-5d4f-x"), List.of(NODE, EPHEMERAL)),
                new PlannedPoint(Targets.pod("shop", "db-0"), point("shop/db-0"), List.of(EXEC))));
        assertThat(plan).hasToString("""
                        pod shop/web-0
                            exec       refused    you may not create pods/exec in shop
                          > ephemeral  usable     a container is admitted as root with NET_RAW
                                                 creates an ephemeral container in pod shop/web-0
                                                 creates an entry that stays
                            node       uncertain  it can only be tried
                        deployment shop/cart: shop/cart-5d4f-x
                          > node       uncertain  it can only be tried
                            ephemeral  usable     a container is admitted as root with NET_RAW
                                                 creates an ephemeral container in pod shop/web-0
                                                 creates an entry that stays
                        pod shop/db-0
                            exec       refused    you may not create pods/exec in shop
                            no method would work
                        """);
        assertThat(plan.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void toString_noMethodWouldWork_leavesOutThoseThatAreNotForTheTarget() {
        PlannedMethod pod = new PlannedMethod(
                "pod",
                Assessment.builder()
                        .refused(FailureReason.UNSUPPORTED, "it sees the network of a node")
                        .build());
        assertThat(plan(web(EXEC, pod))).hasToString("""
                pod shop/web-0
                    exec       refused    you may not create pods/exec in shop
                    no method would work
                """);
        assertThat(plan(web(EXEC, pod, NODE)).toString()).contains("it sees the network of a node");
        assertThat(plan(web(pod)).toString()).contains("it sees the network of a node");
        assertThat(plan(web(EXEC, pod)).points().get(0).methods()).containsExactly(EXEC, pod);
    }

    @Test
    void toString_twoMethodsOfOneName_marksTheChoiceOnly() {
        PlannedMethod otherImage = method("ephemeral", Usability.REFUSED, "the policy refuses the image");
        CapturePlan plan = plan(web(otherImage, EPHEMERAL));
        assertThat(plan.toString().lines().filter(line -> line.contains(">")))
                .singleElement()
                .asString()
                .contains("usable");
    }

    @Test
    void toString_pointOfAnotherPlace_namesThePlace() {
        CapturePoint east =
                CapturePoint.builder("uid", "shop/web-0").place("east").build();
        CapturePlan plan =
                new CapturePlan(List.of(new PlannedPoint(Targets.pod("shop", "web-0"), east, List.of(NODE))));
        assertThat(plan.toString()).startsWith("pod shop/web-0: east:shop/web-0\n");
    }

    @Test
    void feasible_someMethodIsNotRefused_isSo() {
        assertThat(plan(web(EXEC, NODE)).feasible()).isTrue();
        assertThat(plan(web(EXEC)).feasible()).isFalse();
        assertThat(plan(web(EPHEMERAL), web(EXEC)).feasible()).isFalse();
        assertThat(plan().feasible()).isTrue();
    }

    @Test
    void choice_firstNotRefused_isTakenEvenIfALaterIsSure() {
        assertThat(plan(web(EXEC, NODE, EPHEMERAL)).points().get(0).choice()).hasValue(NODE);
    }

    @Test
    void points_ofPlan_cannotBeChanged() {
        CapturePlan plan = plan(web(EXEC));
        assertThatThrownBy(() -> plan.points().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static CapturePlan plan(PlannedPoint... points) {
        return new CapturePlan(List.of(points));
    }

    private static PlannedPoint web(PlannedMethod... methods) {
        return new PlannedPoint(Targets.pod("shop", "web-0"), point("shop/web-0"), List.of(methods));
    }

    private static CapturePoint point(String name) {
        return CapturePoint.builder("uid-" + name, name).build();
    }

    private static PlannedMethod method(String name, Usability usability, String sentence, String... creates) {
        Assessment.Builder told = Assessment.builder();
        switch (usability) {
            case USABLE -> told.passed(sentence);
            case UNCERTAIN -> told.unknown(sentence);
            case REFUSED -> told.refused(FailureReason.FORBIDDEN, sentence);
        }
        List.of(creates).forEach(told::creates);
        return new PlannedMethod(name, told.build());
    }
}
