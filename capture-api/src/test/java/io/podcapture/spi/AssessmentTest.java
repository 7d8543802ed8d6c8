package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.FailureReason;
import io.podcapture.Permission;
import io.podcapture.Usability;
import org.junit.jupiter.api.Test;

class AssessmentTest {
    private final Assessment.Builder told = Assessment.builder();

    @Test
    void build_withoutChecks_isUsable() {
        assertThat(told.build())
                .returns(Usability.USABLE, Assessment::usability)
                .returns("", Assessment::sentence);
        assertThat(told.build().reason()).isEmpty();
    }

    @Test
    void build_onlyPassed_theLastDecides() {
        told.passed("you may exec").passed("tcpdump is there");
        assertThat(told.build())
                .returns(Usability.USABLE, Assessment::usability)
                .returns("tcpdump is there", Assessment::sentence);
    }

    @Test
    void build_withDoubts_theFirstDoubtDecides() {
        told.passed("you may exec").unknown("is there a shell?").unknown("is there tcpdump?");
        told.passed("the node is a machine");
        assertThat(told.build())
                .returns(Usability.UNCERTAIN, Assessment::usability)
                .returns("is there a shell?", Assessment::sentence);
        assertThat(told.build().reason()).isEmpty();
    }

    @Test
    void build_withRefusals_theFirstRefusalDecidesWithItsReason() {
        told.unknown("is there a shell?").refused(FailureReason.FORBIDDEN, "you may not exec");
        told.refused(FailureReason.UNSUPPORTED, "it is a static pod")
                .unknown("is there tcpdump?")
                .passed("the node is a machine");
        assertThat(told.build())
                .returns(Usability.REFUSED, Assessment::usability)
                .returns("you may not exec", Assessment::sentence);
        assertThat(told.build().reason()).hasValue(FailureReason.FORBIDDEN);
    }

    @Test
    void isRefused_byDoubt_isNot() {
        assertThat(told.passed("yes").unknown("perhaps").isRefused()).isFalse();
        assertThat(told.refused(FailureReason.FORBIDDEN, "no").passed("yes").isRefused())
                .isTrue();
    }

    @Test
    void untold_saysThatItCanBeTried() {
        assertThat(Assessment.untold())
                .returns(Usability.UNCERTAIN, Assessment::usability)
                .returns("it can only be tried", Assessment::sentence);
    }

    @Test
    void permissions_inAnyOrder_areSortedAndEachOnce() {
        Permission exec = new Permission("kubernetes", "shop", "create", "pods/exec");
        Permission get = new Permission("kubernetes", "shop", "get", "pods");
        Permission list = new Permission("kubernetes", "shop", "list", "pods");
        Permission nodes = new Permission("kubernetes", "", "get", "nodes");
        Permission admit = new Permission("pod-security", "shop", "admit", "baseline");
        told.needs(admit).needs(exec).needs(list).needs(nodes).needs(get).needs(list);
        assertThat(told.build().permissions()).containsExactly(nodes, get, list, exec, admit);
    }

    @Test
    void permission_inWords_saysWhereUnlessItIsEverywhere() {
        assertThat(new Permission("kubernetes", "shop", "create", "pods/exec")).hasToString("create pods/exec in shop");
        assertThat(new Permission("kubernetes", "", "get", "nodes")).hasToString("get nodes");
    }

    @Test
    void creates_severalThings_areInTheirOrder() {
        Assessment assessment = told.creates("a pod").creates("a container").build();
        told.creates("another, later");
        assertThat(assessment.creates()).containsExactly("a pod", "a container");
    }
}
