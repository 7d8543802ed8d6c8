package io.podcapture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final Pattern KUBERNETES =
            Pattern.compile("Pods?(?=[A-Z]|$)|Kube|K8s|Fabric8|Namespace|Deployment|Container|Helm|ReplicaSet");

    private static final JavaClasses API = new ClassFileImporter()
            .importUrl(
                    CaptureSession.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void api_packages_areTheTwoThatAreKnown() {
        assertThat(API.stream().map(JavaClass::getPackageName)).containsOnly("io.podcapture", "io.podcapture.spi");
    }

    @Test
    void api_dependencies_areTheAllowedOnes() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "io.podcapture",
                        "io.podcapture.spi",
                        "io.podcapture.pcap",
                        "io.podcapture.pcap.filter",
                        "tools.jackson.core..",
                        "org.jspecify..")
                .check(API);
    }

    @Test
    void api_typeNames_haveNoWordOfACluster() {
        assertThat(API.stream().map(JavaClass::getSimpleName))
                .noneMatch(name ->
                        KUBERNETES.matcher(name.replace("PodCapture", "")).find());
    }

    @Test
    void api_publicTypes_haveNamesThatSayWhatTheyAre() {
        assertThat(API.stream()
                        .filter(type -> type.getModifiers().contains(PUBLIC))
                        .map(JavaClass::getSimpleName))
                .noneMatch(name -> name.matches(".*(Utils?|Helper|Manager|Impl)"));
    }

    @Test
    void api_publicClasses_areFinalUnlessTheyAreMadeToBeExtended() {
        classes()
                .that()
                .haveModifier(PUBLIC)
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and(not(simpleNameEndingWith("PacketSink")))
                .and(not(simpleNameEndingWith("PointOptions")))
                .should()
                .haveModifier(FINAL)
                .check(API);
    }

    @Test
    void jackson_use_isOnlyInTheManifest() {
        noClasses()
                .that(not(DescribedPredicate.describe(
                        "the manifest", (JavaClass type) -> type.getName().startsWith("io.podcapture.Manifest"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(API);
    }
}
