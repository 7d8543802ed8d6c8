package io.podcapture.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses LOCAL = new ClassFileImporter()
            .importUrl(LocalMethods.class.getProtectionDomain().getCodeSource().getLocation());

    // No fabric8, and no other module of capture methods.
    @Test
    void local_dependencies_areTheAllowedOnes() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "io.podcapture",
                        "io.podcapture.spi",
                        "io.podcapture.pcap",
                        "io.podcapture.local",
                        "com.sun.jna..",
                        "org.pcap4j..",
                        "org.jspecify..")
                .check(LOCAL);
    }

    @Test
    void pcap4j_use_isOnlyInTypedPackets() {
        noClasses()
                .that(DescribedPredicate.not(simpleName("TypedPackets")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pcap4j..")
                .check(LOCAL);
    }

    // Who uses docker or netns needs no native code, nor room to unpack it.
    @Test
    void nativeCode_use_isOnlyWithLibpcap() {
        noClasses()
                .that(DescribedPredicate.not(simpleNameStartingWith("Libpcap")
                        .or(simpleName("InterfaceOpening"))
                        .or(simpleName("LiveInterface"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(LOCAL);
    }
}
