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
        "router/edge, router, edge"
    })
    void parse_kindAndName_areRead(String text, String kind, String name) {
        Target target = Target.parse(text, "shop");
        assertThat(target).isEqualTo(Targets.of(kind, "shop", name));
        assertThat(target.scope()).isEqualTo("shop");
        assertThat(target.selector()).isEmpty();
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
        assertThatThrownBy(() -> Targets.pods("shop", " ")).hasMessageContaining("selector");
        assertThatThrownBy(() -> Targets.pod("shop", "a").container("")).hasMessageContaining("container");
    }
}
