"""What a jury's undertaking says unless an organiser writes other words."""

STANDARD_ZH = """我作为本届赛事评委，郑重承诺：

1. 独立、客观、公正评审，只依据评分标准打分，不受任何单位和个人影响。
2. 凡与参赛团队存在任职、顾问、投资、亲属、师生指导或争议等关系的，主动声明并回避。
3. 对评审中接触到的项目材料、商业计划和评审意见严格保密，不复制、不外传、不用于评审以外的目的。
4. 评审期间不与参赛团队私下接触，不接受任何馈赠、宴请或其他利益。
5. 评审结果公布前，不向任何人透露评分、排名和评审过程。
6. 评审结束后不保留任何参赛材料。

如有违反，我愿承担相应责任，赛事组织方可取消我的评委资格和所打分数。"""

STANDARD_EN = """As a juror of this edition I undertake:

1. To mark independently and fairly, by the criteria alone, and to let nobody influence me.
2. To name every tie with a team (employment, advice, shares, family, teaching or a dispute), and
   to keep away from its entry.
3. To keep what I read confidential: papers, business plans and comments are not copied, passed on
   or used for anything but the judging.
4. To have no private contact with teams while the judging lasts, and to take no gift, meal or
   other advantage.
5. To tell nobody of marks, places or the judging before the result is published.
6. To keep no papers of the entries afterwards.

If I break this, I answer for it, and the organiser may take me off the jury and my marks out."""
