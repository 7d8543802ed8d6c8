package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRuleBuilder;
import io.podcapture.Permission;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantedRulesTest {
    @ParameterizedTest
    @CsvSource({
        "'', pods, get, get pods, true",
        "'', pods, get, list pods, false",
        "'', pods, get, get services, false",
        "'', pods, *, delete pods, true",
        "'', *, get, get pods, true",
        "'', *, get, get pods/exec, true",
        "*, *, *, patch deployments.apps, true",
        "'', pods, *, create pods/exec, false",
        "'', pods/exec, create, create pods/exec, true",
        "'', pods/exec, create, create pods, false",
        "'', */exec, create, create pods/exec, true",
        "'', */exec, create, create pods/log, false",
        "'', */exec, create, create pods, false",
        "'', pods/*, create, create pods/exec, false",
        "apps, deployments, patch, patch deployments.apps, true",
        "apps, deployments, patch, patch deployments, false",
        "'', deployments, patch, patch deployments.apps, false",
        "*, deployments, patch, patch deployments.apps, true",
        "apps, deployments/scale, get, get deployments.apps/scale, true",
        "'', *, *, patch deployments.apps, false"
    })
    void grant_byOneRule_goesByGroupResourceAndVerb(
            String group, String resource, String verb, String asked, boolean granted) {
        GrantedRules rules =
                new GrantedRules(List.of(rule(group, resource, verb).build()));
        assertThat(rules.grant(permission(asked))).isEqualTo(granted);
    }

    @Test
    void grant_forSomeNamesOnly_isNone() {
        ResourceRule some = rule("", "pods", "get").withResourceNames("web").build();
        assertThat(new GrantedRules(List.of(some)).grant(permission("get pods")))
                .isFalse();
        ResourceRule all = rule("", "pods", "get").build();
        assertThat(new GrantedRules(List.of(some, all)).grant(permission("get pods")))
                .isTrue();
    }

    @Test
    void grant_partsOfTwoRules_areNotPutTogether() {
        GrantedRules rules = new GrantedRules(List.of(
                rule("", "pods", "get").build(), rule("", "services", "list").build()));
        assertThat(rules.grant(permission("list pods"))).isFalse();
        assertThat(rules.grant(permission("list services"))).isTrue();
    }

    @Test
    void grant_ruleWithSeveralWords_holdsForEach() {
        ResourceRule rule = new ResourceRuleBuilder()
                .withApiGroups("", "apps")
                .withResources("pods", "deployments")
                .withVerbs("get", "list")
                .build();
        assertThat(new GrantedRules(List.of(rule)).grant(permission("list deployments.apps")))
                .isTrue();
    }

    @Test
    void grant_withoutRules_isNone() {
        assertThat(new GrantedRules(List.of()).grant(permission("get pods"))).isFalse();
    }

    private static ResourceRuleBuilder rule(String group, String resource, String verb) {
        return new ResourceRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(verb);
    }

    private static Permission permission(String words) {
        String[] parts = words.split(" ");
        return new Permission(Preflight.RIGHTS, "demo", parts[0], parts[1]);
    }
}
