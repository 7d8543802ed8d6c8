package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {
    private static final String CONTAINER =
            "{'spec':{'template':{'spec':{'containers':[{'name':'ours','image':'tools:1','volumeMounts':"
                    + "[{'name':'spool','mountPath':'/spool'}]}],'volumes':[{'name':'spool','emptyDir':{'sizeLimit':'9'}}]}}}}";

    private final Map<String, Object> before = Json.copy(Workloads.deployment("shop", "cart", 2, new PodOptions()));

    @Test
    void apply_containerAndVolume_standBesideWhatIsThere() throws Exception {
        Map<String, Object> after = apply("ours", before, CONTAINER);
        assertThat(containers(after)).extracting(each -> each.get("name")).containsExactly("app", "ours");
        assertThat(Fields.items(after, "spec", "template", "spec", "volumes"))
                .extracting(each -> each.get("name"))
                .containsExactly("spool");
        assertThat(managers(after)).containsExactly("kubectl-create Update", "ours Apply");
    }

    @Test
    void apply_withoutTheFields_isAsBefore() throws Exception {
        Map<String, Object> between = apply("ours", before, CONTAINER);
        // Defaults that nobody owns go with their item.
        Json.list(Json.within(Json.within(Json.within(between, "spec"), "template"), "spec"), "containers")
                .get(1)
                .put("imagePullPolicy", "Always");
        assertThat(apply("ours", between, "{}")).isEqualTo(before);
    }

    @Test
    void apply_labelsOfTwo_goOneByOne() throws Exception {
        Map<String, Object> both = apply(
                "two",
                apply("one", before, "{'metadata':{'labels':{'a':'1','b':'1'}}}"),
                "{'metadata':{'labels':{'b':'1'}}}");
        Map<String, Object> second = apply("one", both, "{}");
        assertThat(Fields.map(second, "metadata", "labels")).isEqualTo(Map.of("b", "1"));
        assertThat(apply("two", second, "{}")).isEqualTo(before);
    }

    @Test
    void apply_fieldsWithinAnItemOfOthers_leaveTheItemWithThem() throws Exception {
        String limit = "{'spec':{'template':{'spec':{'containers':[{'name':'app','resources':{'limits':{'cpu':'1'}},"
                + "'env':[{'name':'A','value':'1'},{'name':'B','value':'2'}]}]}}}}";
        String less = "{'spec':{'template':{'spec':{'containers':[{'name':'app','env':[{'name':'B','value':'3'}]}]}}}}";
        Map<String, Object> after = apply("ours", apply("ours", before, limit), less);
        assertThat(containers(after)).singleElement().satisfies(app -> {
            assertThat(Fields.map(app, "resources")).isEmpty();
            assertThat(Fields.items(app, "env")).containsExactly(Map.of("name", "B", "value", "3"));
        });
        assertThat(apply("ours", after, "{}")).isEqualTo(before);
    }

    @Test
    void apply_ofPortsAndMounts_knowsThemByTheirKeys() throws Exception {
        String two = "{'spec':{'template':{'spec':{'containers':[{'name':'app','ports':[{'containerPort':53},"
                + "{'containerPort':53,'protocol':'UDP'}],'volumeMounts':[{'mountPath':'/a','name':'v'},"
                + "{'mountPath':'/b','name':'v'}]}]}}}}";
        String one = "{'spec':{'template':{'spec':{'containers':[{'name':'app','ports':[{'containerPort':53,"
                + "'protocol':'UDP','name':'dns'}],'volumeMounts':[{'mountPath':'/b','name':'v'}]}]}}}}";
        Map<String, Object> app =
                containers(apply("ours", apply("ours", before, two), one)).get(0);
        assertThat(Fields.items(app, "ports"))
                .containsExactly(Map.of("containerPort", 53L, "protocol", "UDP", "name", "dns"));
        assertThat(Fields.items(app, "volumeMounts")).containsExactly(Map.of("mountPath", "/b", "name", "v"));
    }

    @Test
    void apply_anotherValueOfAFieldOfOthers_isAConflictThatNamesBoth() {
        ApiStatus.Refusal refusal = catchThrowableOfType(
                ApiStatus.Refusal.class,
                () -> apply(
                        "ours",
                        before,
                        "{'spec':{'replicas':3,'template':{'spec':{'containers':[{'name':'app','image':'other:1'}]}}}}"));
        assertThat(refusal.code()).isEqualTo(409);
        assertThat(refusal)
                .hasMessageContaining("Apply failed with 2 conflicts: conflicts with \"kubectl-create\"")
                .hasMessageContaining(".spec.template.spec.containers[name=\"app\"].image");
        assertThat(refusal.status()).containsEntry("reason", "Conflict");
        assertThat(Fields.items(refusal.status(), "details", "causes"))
                .extracting(cause -> cause.get("field"))
                .containsExactlyInAnyOrder(".spec.replicas", ".spec.template.spec.containers[name=\"app\"].image");
    }

    @Test
    void apply_theSameValue_isNoConflictAndStaysWithTheOther() throws Exception {
        Map<String, Object> shared = apply("ours", before, "{'spec':{'replicas':2}}");
        assertThat(managers(shared)).containsExactly("kubectl-create Update", "ours Apply");
        assertThat(apply("ours", shared, "{}")).isEqualTo(before);
    }

    @Test
    void force_takesTheFieldFromTheOther() throws Exception {
        Map<String, Object> after = new ServerSideApply("ours", true).to(before, json("{'spec':{'replicas':3}}"));
        assertThat(Json.text(after, "spec", "replicas")).isEqualTo("3");
        // Nobody else owns it any more, so it goes with its last owner.
        assertThat(Fields.map(apply("ours", after, "{}"), "spec")).doesNotContainKey("replicas");
    }

    @Test
    void apply_again_changesNothing() throws Exception {
        Map<String, Object> once = apply("ours", before, CONTAINER);
        assertThat(apply("ours", once, CONTAINER)).isEqualTo(once);
    }

    @Test
    void patch_ofAnItem_makesItsAuthorTheOwner() throws Exception {
        Map<String, Object> applied = apply("ours", before, CONTAINER);
        Map<String, Object> patched = new MergePatch("kubectl-edit", true)
                .to(
                        applied,
                        json("{'spec':{'template':{'metadata':{'labels':{'tier':'new'}},'spec':{'containers':"
                                + "[{'name':'ours','image':'tools:2'}]}}}}"));
        assertThat(containers(patched).get(1)).containsEntry("image", "tools:2");
        assertThat(managers(patched)).containsExactly("kubectl-create Update", "ours Apply", "kubectl-edit Update");
        // What somebody else has changed stays, but not within an item that goes: without its key it would be none.
        Map<String, Object> after = apply("ours", patched, "{}");
        assertThat(Fields.map(after, "spec", "template", "metadata", "labels")).containsEntry("tier", "new");
        assertThat(containers(after)).extracting(each -> each.get("name")).containsExactly("app");
        assertThat(Json.text(after, "metadata", "managedFields"))
                .contains("f:tier")
                .doesNotContain("ours");
    }

    @Test
    void patch_thatDeletes_takesItFromItsOwner() throws Exception {
        Map<String, Object> patched = new MergePatch("operator", true)
                .to(
                        apply("ours", before, CONTAINER),
                        json("{'spec':{'template':{'spec':{'containers':[{'$patch':'delete','name':'ours'}],"
                                + "'volumes':[{'$patch':'delete','name':'spool'}]}}}}"));
        assertThat(Fields.map(patched, "spec")).isEqualTo(Fields.map(before, "spec"));
        assertThat(managers(patched)).containsExactly("kubectl-create Update");
    }

    @Test
    void mergePatch_withNull_takesAwayAndListsAreReplaced() {
        Map<String, Object> patched = new MergePatch("kubectl", false)
                .to(
                        before,
                        Json.readPatch(
                                "{\"spec\":{\"strategy\":null,\"template\":{\"spec\":{\"containers\":[{\"name\":\"x\"}]}}}}"
                                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(Fields.map(patched, "spec")).doesNotContainKey("strategy");
        assertThat(containers(patched))
                .singleElement()
                .satisfies(x ->
                        assertThat(x).containsEntry("name", "x").containsEntry("terminationMessagePolicy", "File"));
    }

    @Test
    void apply_aKeyTwice_isRefusedAsByAnApiServer() {
        String twice = "{'spec':{'template':{'spec':{'containers':[{'name':'c','env':[{'name':'A'},{'name':'A'}],"
                + "'ports':[{'containerPort':93},{'containerPort':93,'protocol':'TCP'}]}]}}}}";
        ApiStatus.Refusal refusal = catchThrowableOfType(ApiStatus.Refusal.class, () -> apply("ours", before, twice));
        assertThat(refusal.code()).isEqualTo(500);
        assertThat(refusal.status()).doesNotContainKey("reason");
        assertThat(refusal)
                .hasMessage("failed to create typed patch object (shop/cart; apps/v1, Kind=Deployment): errors:\n"
                        + "  .spec.template.spec.containers[name=\"c\"].env: duplicate entries for key [name=\"A\"]\n"
                        + "  .spec.template.spec.containers[name=\"c\"].ports: duplicate entries for key"
                        + " [containerPort=93,protocol=\"TCP\"]");
    }

    @Test
    void apply_anItemWithoutItsKey_isRefusedAsByAnApiServer() {
        assertThatThrownBy(() -> apply("ours", before, "{'spec':{'template':{'spec':{'volumes':[{'emptyDir':{}}]}}}}"))
                .hasMessage("failed to create typed patch object (shop/cart; apps/v1, Kind=Deployment):"
                        + " .spec.template.spec.volumes: element 0: associative list with keys has an element that omits"
                        + " key field \"name\" (and doesn't have default value)");
        assertThatThrownBy(() -> apply("ours", before, "{'spec':{'template':{'spec':{'volumes':[null]}}}}"))
                .hasMessageContaining("element 0: associative list with keys may not have a null element");
    }

    @Test
    void apply_besideAKeyThatIsThereTwice_leavesBoth_andAppliedItIsOne() throws Exception {
        Map<String, Object> twice = new MergePatch("kubectl", false)
                .to(
                        before,
                        json("{'spec':{'template':{'spec':{'containers':[{'name':'app','env':"
                                + "[{'name':'A','value':'1'},{'name':'A','value':'2'}]}]}}}}"));
        Map<String, Object> beside = apply("ours", twice, env("B", "3"));
        assertThat(Fields.items(containers(beside).get(0), "env"))
                .extracting(each -> each.get("name") + "=" + each.get("value"))
                .containsExactly("A=1", "A=2", "B=3");
        Map<String, Object> one = new ServerSideApply("ours", true).to(beside, json(env("A", "4")));
        assertThat(Fields.items(containers(one).get(0), "env"))
                .extracting(each -> each.get("name") + "=" + each.get("value"))
                .containsExactly("A=4");
    }

    private static String env(String name, String value) {
        return "{'spec':{'template':{'spec':{'containers':[{'name':'app','env':[{'name':'" + name + "','value':'"
                + value + "'}]}]}}}}";
    }

    @Test
    void apply_aConflict_tellsTheVersionOnlyOfWhoDoesNotApply() throws Exception {
        Map<String, Object> labelled = apply("argo", before, "{'metadata':{'labels':{'a':'1'}}}");
        assertThatThrownBy(() -> apply("ours", labelled, "{'metadata':{'labels':{'a':'2'}}}"))
                .hasMessage("Apply failed with 1 conflict: conflict with \"argo\": .metadata.labels.a");
        assertThatThrownBy(() -> apply("ours", labelled, "{'spec':{'replicas':3}}"))
                .hasMessage(
                        "Apply failed with 1 conflict: conflict with \"kubectl-create\" using apps/v1: .spec.replicas");
        ApiStatus.Refusal both = catchThrowableOfType(
                ApiStatus.Refusal.class,
                () -> apply("ours", labelled, "{'metadata':{'labels':{'a':'2'}},'spec':{'replicas':3}}"));
        assertThat(both)
                .hasMessage("Apply failed with 2 conflicts: conflicts with \"argo\":\n- .metadata.labels.a\n"
                        + "conflicts with \"kubectl-create\" using apps/v1:\n- .spec.replicas");
        assertThat(Fields.items(both.status(), "details", "causes"))
                .extracting(cause -> cause.get("message"))
                .containsExactly("conflict with \"argo\"", "conflict with \"kubectl-create\" using apps/v1");
    }

    @Test
    void apply_withoutWhatFilledAnothersMap_leavesTheMap() throws Exception {
        String volume = "{'spec':{'template':{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}}}";
        String limit = "{'spec':{'template':{'spec':{'volumes':[{'name':'v','emptyDir':{'sizeLimit':'9'}}]}}}}";
        Map<String, Object> both = apply("ours", apply("argo", before, volume), limit);
        assertThat(Fields.items(apply("ours", both, "{}"), "spec", "template", "spec", "volumes"))
                .containsExactly(Map.of("name", "v", "emptyDir", Map.of()));
    }

    @Test
    void patch_withDirectives_heedsThemAndKeepsNoneOfThem() {
        Map<String, Object> replaced = new MergePatch("kubectl", true)
                .to(
                        before,
                        json(
                                "{'spec':{'strategy':{'$patch':'replace','type':'Recreate'},'template':{'spec':{"
                                        + "'$setElementOrder/containers':[{'name':'app'},{'name':'new'}],"
                                        + "'securityContext':{'$patch':'delete'},'containers':[{'name':'new','image':'x:1'}]}}}}"));
        assertThat(Fields.map(replaced, "spec", "strategy")).isEqualTo(Map.of("type", "Recreate"));
        assertThat(containers(replaced)).extracting(each -> each.get("name")).containsExactly("app", "new");
        assertThat(new String(Json.write(Fields.map(replaced, "spec")), StandardCharsets.UTF_8))
                .doesNotContain("$");
        Map<String, Object> others = new MergePatch("kubectl", true)
                .to(
                        before,
                        json("{'spec':{'template':{'spec':{'containers':[{'$patch':'replace'},{'name':'only'}]}}}}"));
        assertThat(containers(others)).extracting(each -> each.get("name")).containsExactly("only");
        assertThatThrownBy(() -> new MergePatch("kubectl", true).to(before, json("{'spec':{'$deleteFrom':[]}}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("$deleteFrom");
    }

    private static Map<String, Object> apply(String manager, Map<String, Object> object, String applied)
            throws ApiStatus.Refusal {
        return new ServerSideApply(manager, false).to(object, json(applied));
    }

    private static Map<String, Object> json(String text) {
        return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<Map<String, Object>> containers(Map<String, Object> workload) {
        return Fields.items(workload, "spec", "template", "spec", "containers");
    }

    private static List<String> managers(Map<String, Object> object) {
        return Fields.items(object, "metadata", "managedFields").stream()
                .map(entry -> entry.get("manager") + " " + entry.get("operation"))
                .toList();
    }
}
