t=open("/work/lab/d1/figures.txt").read(); b=open("/work/lab/d1/tables.txt").read()
def rt(a,b,n=1):
    global t
    assert t.count(a)==n,(a,t.count(a)); t=t.replace(a,b)
rt("from adaptive_vlbert.runs import run_folder, run_metrics, run_predictions, run_summary, run_usage\nfrom adaptive_vlbert.stats import Difference, decision_stats","from adaptive_vlbert.runs import run_folder, run_metrics, run_predictions, run_usage\nfrom adaptive_vlbert.stats import decision_stats")
rt("from adaptive_vlbert.stats import oracle_depths","from adaptive_vlbert.stats import Difference, oracle_depths")
rt('''    shell.events.register("post_run_cell", _store_small) # the backend configures itself after the first cell that uses it''','''    shell.events.register("post_run_cell", _store_small) # the backend configures itself after the first cell with a figure''')
rt('''    return ["block"] if n == 1 else ["ATT", "FF"] if n == 2 else [*(f"AH_{i}" for i in range(1, n - 2)), "AO", "INT", "OP"]''','''    if n < 3: return [["block"], ["ATT", "FF"]][n - 1]
    return [*(f"AH_{i}" for i in range(1, n - 2)), "AO", "INT", "OP"]''')
rt('''        at = g.groupby("_setting").agg(x=("_blocks", "mean"), y=(accuracy, "mean"), low=(accuracy, "min"), high=(accuracy, "max"))
        ax.plot(at.x, at.y, "o-", color=names[s].colour, ms=4, lw=1.3, label=names[s].label)
        ax.fill_between(at.x, at.low.astype(float), at.high.astype(float), color=names[s].colour, alpha=.18, lw=0)
''','''        x, y = (g.astype({c: float}).groupby("_setting")[c] for c in ("_blocks", accuracy))
        ax.plot(x.mean(), y.mean(), "o-", color=names[s].colour, ms=4, lw=1.3, label=names[s].label)
        ax.fill_between(x.mean(), y.min(), y.max(), color=names[s].colour, alpha=.18, lw=0)
''')
rt('''    handles, names = ax.get_legend_handles_labels()
    if depths is not None: handles.append(Line2D([], [], marker="*", ls="", color=GREY, ms=9)); names.append("oracle depth")
    ax.set(xlabel="blocks of the model", ylabel=f"{split} accuracy, %", title=_datasets(runs), xticks=sorted(found.depth.unique()))
    ax.legend(handles, names, **RIGHT, fontsize=8)
''','''    if depths is not None: ax.plot([], [], "*", color=GREY, ms=9, label="oracle depth")
    ax.set(xlabel="blocks of the model", ylabel=f"{split} accuracy, %", title=_datasets(runs))
    ax.set_xticks(sorted(found.depth.unique()))
    ax.legend(**RIGHT, fontsize=8)
''')
rt('''test_close(fig.axes[0].lines[-1].get_xdata()[0], depths.depth.fillna(1).mean())''','''test_close(fig.axes[0].lines[-2].get_xdata()[0], depths.depth.fillna(1).mean())''')
rt('''    if groups: fig.legend(handles, ["train (grey)", "val (colour)"], frameon=False, loc="outside right upper", fontsize=8)
''','''    fig.legend(handles, ["train (grey)", "val (colour)"], frameon=False, loc="outside right upper", fontsize=8)
''')
rt('''    image = _heat(left, usage.val[-1], component_names(n), block_names(n_blocks), f"{run_title(path)}\\nfraction of questions {what}")
''','''    title = f"{run_title(path)}\\nfraction of questions {what}"
    image = _heat(left, usage.val[-1], component_names(n), block_names(n_blocks), title)
''')
open("/work/lab/d1/figures.txt","w").write(t)
a='''        d = None if g.strategy.iloc[0] == against else paired_difference(g, runs[runs.strategy == against], "test")
'''
assert b.count(a)==1
b=b.replace(a,'''        d = None if g.strategy.iloc[0] == against else paired_difference(g, base, "test")
''').replace('''    difference = f"minus {strategy_facts(against).label} (95 %)"
    if not len(runs)''','''    base, difference = runs[runs.strategy == against], f"minus {strategy_facts(against).label} (95 %)"
    if not len(runs)''')
open("/work/lab/d1/tables.txt","w").write(b)
